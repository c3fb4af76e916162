package dev.kindred.embedded;

import dev.kindred.collect.BehaviourIntake;
import dev.kindred.collect.InteractionIntake;
import dev.kindred.collect.TenantZones;
import dev.kindred.domain.Change;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.UserId;
import dev.kindred.json.JsonReader;
import dev.kindred.store.Interactions.Page;
import dev.kindred.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What users did. What is added counts in the next list, and is on disk when the call returns. */
public final class Interactions {

  /** Interactions that are kept in one transaction. */
  private static final int TOGETHER = 1_000;

  private final Store store;
  private final Keep keep;
  private final InteractionIntake interactions;
  private final BehaviourIntake behaviours;
  private final TenantZones zones;

  public Interactions(
      Store store,
      Keep keep,
      InteractionIntake interactions,
      BehaviourIntake behaviours,
      TenantZones zones) {
    this.store = store;
    this.keep = keep;
    this.interactions = interactions;
    this.behaviours = behaviours;
    this.zones = zones;
  }

  /** A user did something with an entity, just now. */
  public RecordedInteraction add(String userId, String entityId, String type) {
    return add(NewInteraction.of(userId, entityId, type));
  }

  public RecordedInteraction add(NewInteraction interaction) {
    return ((Outcome.InteractionStored) keep.all(changes(interaction)).getFirst()).interaction();
  }

  public RecordedInteraction add(NewBehaviour behaviour) {
    var input = behaviours.read(JsonReader.of(PlainJson.object(behaviour.members())));
    List<Change> changes = input.changes(zones.of(keep.tenant()));
    return ((Outcome.InteractionStored) keep.all(changes).getFirst()).interaction();
  }

  /** Adds any number of interactions, some hundreds in a transaction. */
  public void addAll(Iterable<NewInteraction> many) {
    var changes = new ArrayList<Change>(TOGETHER);
    for (NewInteraction one : many) {
      changes.addAll(changes(one));
      if (changes.size() < TOGETHER) continue;
      keep.all(changes);
      changes.clear();
    }
    if (!changes.isEmpty()) keep.all(changes);
  }

  /** The newest things that a user did, the newest first. */
  public List<RecordedInteraction> ofUser(String userId, int limit) {
    var page = new Page(limit, 0, Optional.empty());
    return store.tenant(keep.tenant()).interactions().ofUser(new UserId(userId), page);
  }

  private List<Change> changes(NewInteraction said) {
    var input = interactions.read(JsonReader.of(PlainJson.object(said.members())));
    var changes = new ArrayList<Change>(input.interactions().size());
    for (Interaction one : input.interactions()) changes.add(new Change.RecordInteraction(one));
    return changes;
  }
}
