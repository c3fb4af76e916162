package dev.kindred.webhooks;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.kindred.domain.Event;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Topic;
import dev.kindred.domain.Webhook;
import dev.kindred.store.Webhooks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * All webhooks that a replica knows of, in the order of their turns. Guarded by the {@link
 * Courier}'s lock, but for {@link #isWanted}, which is for any thread.
 */
final class Desks {

  /** That somebody of a tenant wants to know of something. */
  private record Wish(TenantId tenant, Topic topic) {}

  /** By the webhooks' numbers; whoever had a turn goes to the end. */
  private final SequencedMap<Long, Desk> inTurn = new LinkedHashMap<>();

  /** The same by their tenants' numbers. */
  private final Map<Integer, List<Desk>> ofTenants = new HashMap<>();

  private volatile Set<Wish> wishes = Set.of();

  Collection<Desk> all() {
    return Collections.unmodifiableCollection(inTurn.values());
  }

  List<Desk> of(Event event) {
    return ofTenants.getOrDefault(event.tenant(), List.of());
  }

  boolean isWanted(TenantId tenant, Topic topic) {
    Set<Wish> all = wishes;
    return !all.isEmpty() && all.contains(new Wish(tenant, topic));
  }

  /** Takes over what webhooks there are now; what was known of those that stay is kept. */
  void replace(List<Webhooks.Numbered> all) {
    var known = new HashMap<>(inTurn);
    inTurn.clear();
    ofTenants.clear();
    for (Webhooks.Numbered each : all) {
      Webhook webhook = each.webhook();
      Desk desk = known.get(webhook.since());
      if (desk == null) desk = new Desk(each.tenant(), webhook);
      desk.webhook = webhook;
      inTurn.put(webhook.since(), desk);
      ofTenants.computeIfAbsent(each.tenant(), _ -> new ArrayList<>()).add(desk);
    }
    wishes =
        all.stream()
            .map(Webhooks.Numbered::webhook)
            .flatMap(it -> it.topics().stream().map(topic -> new Wish(it.tenant(), topic)))
            .collect(toUnmodifiableSet());
  }

  /** Puts one that had its turn behind all others. */
  void putLast(Desk desk) {
    long number = desk.webhook.since();
    if (inTurn.remove(number, desk)) inTurn.putLast(number, desk);
  }
}
