package dev.kindred.learn;

import dev.kindred.domain.Event;
import java.util.List;
import java.util.TreeSet;

/** What of a tenant is to be read from the store before its events can be taken in. */
final class Unread {
  private final TreeSet<Integer> users = new TreeSet<>();
  private final TreeSet<Integer> entities = new TreeSet<>();
  private boolean kinds;
  private boolean settings;

  /**
   * @param isNew whether the event came after names were read as a whole
   */
  void note(Event event, LiveTenant tenant, boolean isNew) {
    switch (event) {
      case Event.Interacted interacted -> {
        if (!tenant.knowsUser(interacted.user())) users.add(interacted.user());
        if (!tenant.knowsEntity(interacted.entity())) entities.add(interacted.entity());
        if (!tenant.kinds().knows(interacted.type())) kinds = true;
      }
      case Event.EntityPut put -> {
        if (isNew) entities.add(put.entity());
      }
      case Event.UserPut put -> {
        if (isNew) users.add(put.user());
      }
      case Event.InteractionTypeChanged _ -> kinds |= isNew;
      case Event.SettingsChanged _ -> settings |= isNew;
      default -> {}
    }
  }

  boolean isEmpty() {
    return users.isEmpty() && entities.isEmpty() && !kinds && !settings;
  }

  List<Integer> users() {
    return List.copyOf(users);
  }

  List<Integer> entities() {
    return List.copyOf(entities);
  }

  boolean hasKinds() {
    return kinds;
  }

  boolean hasSettings() {
    return settings;
  }
}
