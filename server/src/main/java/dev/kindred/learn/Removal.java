package dev.kindred.learn;

import dev.kindred.domain.Event;
import java.util.BitSet;
import java.util.HashSet;

/**
 * Takes what somebody did out of a tenant's live state: one deed, behaviours that have grown old,
 * or all of somebody who is erased, after which nothing tells that they were ever there.
 *
 * <p>Used by {@link LiveTenant} alone, while it changes.
 */
final class Removal {
  private final LiveTenant tenant;
  private final SegmentKeeper segments;

  Removal(LiveTenant tenant, SegmentKeeper segments) {
    this.tenant = tenant;
    this.segments = segments;
  }

  /** Takes one back; returns how many that were. */
  int oneDeed(Event.InteractionRemoved event) {
    Deeds own = tenant.deeds(event.user());
    int n = own.find(event.entity(), event.type(), event.atMicros());
    if (n < 0) return 0;
    takeBack(event.user(), own, n);
    own.remove(n);
    tenant.tallies().removed(event.type(), own.size());
    forget(event.user(), own, event.entity());
    return 1;
  }

  /** Takes everybody's behaviours before then away; returns how many those were. */
  int behavioursBefore(long micros) {
    long before = Math.floorDiv(micros, 1_000L);
    int removed = 0;
    for (int user = 0; user < tenant.usersEnd(); user++) {
      Deeds own = tenant.deeds(user);
      int left = own.size();
      var entities = new HashSet<Integer>();
      for (int n = 0; n < own.size(); n++) {
        if (!own.isBehaviourBefore(before, n)) continue;
        takeBack(user, own, n);
        tenant.tallies().removed(own.type(n), --left);
        removed++;
        entities.add(own.entity(n));
      }
      if (entities.isEmpty()) continue;
      own.removeBehavioursBefore(before);
      for (int entity : entities) forget(user, own, entity);
    }
    return removed;
  }

  /** Takes away a user from an entity that they have nothing to do with any more. */
  private void forget(int user, Deeds own, int entity) {
    if (own.hasEntity(entity) && own.hasPurchase(entity, tenant.kinds())) return;
    tenant
        .shelfOf(entity)
        .ifPresent(shelf -> {
          int item = tenant.item(shelf, entity);
          shelf.buyers().remove(item, user);
          if (!own.hasEntity(entity)) shelf.postings().remove(item, user);
        });
  }

  /** Takes away everything that a user did, which the caller drops; returns how much that was. */
  int allOf(int user) {
    Deeds own = tenant.deeds(user);
    for (int n = 0; n < own.size(); n++) {
      takeBack(user, own, n);
      tenant.tallies().removed(own.type(n), own.size() - n - 1);
      int entity = own.entity(n);
      tenant
          .shelfOf(entity)
          .ifPresent(shelf -> {
            int item = tenant.item(shelf, entity);
            shelf.postings().remove(item, user);
            shelf.buyers().remove(item, user);
          });
    }
    // What is left of sums that were added to and taken from is rounding, and no trace.
    for (int n = 0; n < own.size(); n++) {
      int entity = own.entity(n);
      tenant
          .shelfOf(entity)
          .filter(shelf -> shelf.takers(tenant.item(shelf, entity)) == 0)
          .ifPresent(shelf -> shelf.rates().forget(tenant.item(shelf, entity)));
    }
    recountRates(user, own);
    for (Shelf shelf : tenant.shelves()) {
      if (hasNewest(own, shelf)) shelf.standings().isNewest(newestOn(shelf, user));
    }
    return own.size();
  }

  /**
   * Sums that are seen from what somebody who is gone did last are made anew, by looking at all
   * that everybody else did: what has decayed until then does not come back.
   */
  private void recountRates(int gone, Deeds own) {
    var again = new BitSet();
    for (int n = 0; n < own.size(); n++) {
      int entity = own.entity(n);
      long at = own.atMicros(n);
      tenant
          .shelfOf(entity)
          .filter(shelf -> shelf.rates().isSeenFrom(tenant.item(shelf, entity), at))
          .ifPresent(shelf -> {
            shelf.rates().forget(tenant.item(shelf, entity));
            again.set(entity);
          });
    }
    if (again.isEmpty()) return;
    for (int user = 0; user < tenant.usersEnd(); user++) {
      if (user == gone) continue;
      Deeds theirs = tenant.deeds(user);
      for (int n = 0; n < theirs.size(); n++) {
        int entity = theirs.entity(n);
        if (!again.get(entity)) continue;
        float weight = weight(theirs, n);
        long at = theirs.atMicros(n);
        tenant
            .shelfOf(entity)
            .ifPresent(shelf -> shelf.rates().add(tenant.item(shelf, entity), weight, at));
      }
    }
  }

  private boolean hasNewest(Deeds own, Shelf shelf) {
    long newest = shelf.standings().newestMicros();
    for (int n = 0; n < own.size(); n++) {
      if (own.atMicros(n) == newest && tenant.item(shelf, own.entity(n)) >= 0) return true;
    }
    return false;
  }

  /** When somebody else did something last, by looking at all that everybody did. */
  private long newestOn(Shelf shelf, int gone) {
    long newest = 0;
    for (int user = 0; user < tenant.usersEnd(); user++) {
      if (user == gone) continue;
      Deeds theirs = tenant.deeds(user);
      for (int n = 0; n < theirs.size(); n++) {
        boolean isLater = theirs.atMicros(n) > newest;
        if (isLater && tenant.item(shelf, theirs.entity(n)) >= 0) newest = theirs.atMicros(n);
      }
    }
    return newest;
  }

  private void takeBack(int user, Deeds own, int n) {
    int entity = own.entity(n);
    tenant
        .shelfOf(entity)
        .ifPresent(shelf -> {
          int item = tenant.item(shelf, entity);
          shelf.rates().add(item, -weight(own, n), own.atMicros(n));
          segments.takenBack(shelf, item, user, own.type(n), own.weight(n), own.atMicros(n));
        });
  }

  private float weight(Deeds deeds, int n) {
    return tenant.kinds().weight(deeds.type(n), deeds.weight(n));
  }
}
