package dev.kindred.store.memory;

import dev.kindred.domain.EntityKey;
import dev.kindred.domain.UserId;
import java.util.Comparator;

/**
 * The order of texts in every store: by code points, which is the order of their UTF-8 bytes and
 * differs from {@link String#compareTo} for characters beyond the first 65 536.
 */
final class Order {

  static final Comparator<UserId> OF_USERS = (a, b) -> compare(a.value(), b.value());

  static final Comparator<EntityKey> OF_ENTITIES =
      Comparator.<EntityKey, String>comparing(key -> key.type().value())
          .thenComparing(key -> key.id().value(), Order::compare);

  private Order() {}

  static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) return Integer.compare(rank(left), rank(right));
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
