package dev.kindred.store;

import dev.kindred.domain.Change.RemoveInteraction;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Interaction;

/** Of what changes a merge of users is made, in every store. */
public final class MergeParts {

  private MergeParts() {}

  /** Takes back an interaction whose entity is named in full. */
  public static RemoveInteraction takingBack(Interaction one) {
    EntityType type = one.entity().type().orElseThrow();
    return new RemoveInteraction(
        one.user(), new EntityKey(type, one.entity().id()), one.type(), one.at());
  }
}
