package dev.kindred.measure.behaviour;

import dev.kindred.domain.Measures;
import dev.kindred.store.InteractionTypes;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The types of a tenant by their numbers: what each says, and what each counts now. A type never
 * changes its name, so what it says stays; weights are read again when they have changed. Guarded
 * by the tenant's lock.
 */
final class TypeTable {

  private Role[] roles = new Role[0];
  private long[] weights = new long[0];
  private String[] names = new String[0];
  private int[] starting = new int[0];
  private int[] completing = new int[0];
  private int[] skipping = new int[0];
  private int[] shared = new int[0];

  boolean knows(int type) {
    return type < names.length && !names[type].isEmpty();
  }

  /** Takes over all types as they are now. */
  void replace(List<InteractionTypes.Numbered> types) {
    int most = types.stream().mapToInt(InteractionTypes.Numbered::number).max().orElse(-1);
    roles = new Role[most + 1];
    weights = new long[most + 1];
    names = new String[most + 1];
    Arrays.fill(roles, Role.OTHER);
    Arrays.fill(names, "");
    for (var type : types) {
      names[type.number()] = type.type().name();
      roles[type.number()] = Role.of(type.type().name());
      weights[type.number()] = Measures.micros((float) type.type().weight());
    }
    starting = only(role -> role.starts);
    completing = only(role -> role == Role.COMPLETE);
    skipping = only(role -> role == Role.SKIP);
    shared = only(role -> role.isShared);
  }

  private int[] only(Predicate<Role> wanted) {
    return IntStream.range(0, roles.length)
        .filter(type -> knows(type) && wanted.test(roles[type]))
        .toArray();
  }

  Role role(int type) {
    return type < roles.length ? roles[type] : Role.OTHER;
  }

  /** In millionths. */
  long weight(int type) {
    return weights[type];
  }

  String name(int type) {
    return names[type];
  }

  int count() {
    return names.length;
  }

  /** Whether the user has begun with the title. */
  boolean isStarted(UserHistory user, int title) {
    return hasAny(user, title, starting) || isTakenIn(user, title);
  }

  boolean isCompleted(UserHistory user, int title) {
    return hasAny(user, title, completing) || isTakenIn(user, title);
  }

  boolean isSkipped(UserHistory user, int title) {
    return hasAny(user, title, skipping);
  }

  /**
   * Whether the user has to do with the title as far as likeness goes: experiments do not count.
   */
  boolean isShared(UserHistory user, int title) {
    for (int type : shared) {
      for (int around = 0; around < RowKey.CIRCUMSTANCES; around++) {
        long key = RowKey.of(title, type, around);
        if (!RowKey.isOfExperiment(key) && user.count(key) > 0) return true;
      }
    }
    return false;
  }

  private static boolean isTakenIn(UserHistory user, int title) {
    return user.count(RowKey.of(title, RowKey.TAKEN_IN, 0)) > 0;
  }

  private static boolean hasAny(UserHistory user, int title, int[] types) {
    for (int type : types) {
      for (int around = 0; around < RowKey.CIRCUMSTANCES; around++) {
        if (user.count(RowKey.of(title, type, around)) > 0) return true;
      }
    }
    return false;
  }
}
