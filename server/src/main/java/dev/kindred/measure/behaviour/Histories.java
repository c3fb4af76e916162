package dev.kindred.measure.behaviour;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The users of a tenant, by number and by index. Guarded by the tenant's lock. */
final class Histories {

  private final Map<Integer, UserHistory> byNumber = new HashMap<>();

  /** Null where a user was erased. */
  private final List<@Nullable UserHistory> byIndex = new ArrayList<>();

  /** That of a user, who begins with an empty one. */
  UserHistory of(int number) {
    return byNumber.computeIfAbsent(
        number,
        fresh -> {
          var user = new UserHistory(fresh, byIndex.size());
          byIndex.add(user);
          return user;
        });
  }

  @Nullable UserHistory find(int number) {
    return byNumber.get(number);
  }

  /** Null where the user was erased. */
  @Nullable UserHistory at(int index) {
    return byIndex.get(index);
  }

  /** With those who were erased. */
  int count() {
    return byIndex.size();
  }

  /** In no order. */
  Iterable<UserHistory> all() {
    return byNumber.values();
  }

  /** Takes out who is erased; null where they were not there. */
  @Nullable UserHistory remove(int number) {
    UserHistory gone = byNumber.remove(number);
    if (gone != null) byIndex.set(gone.index, null);
    return gone;
  }

  Piece capture() {
    var then = new ArrayList<Optional<Piece>>(byIndex.size());
    for (UserHistory user : byIndex) {
      then.add(user == null ? Optional.empty() : Optional.of(user.capture()));
    }
    return out -> {
      out.number(then.size());
      for (Optional<Piece> user : then) {
        out.number(user.isPresent() ? 1 : 0);
        if (user.isPresent()) user.get().write(out);
      }
    };
  }

  void read(Input in) throws IOException {
    for (int index = 0, end = in.number(); index < end; index++) {
      UserHistory user = in.number() == 0 ? null : UserHistory.read(in, index);
      byIndex.add(user);
      if (user != null) byNumber.put(user.number, user);
    }
  }
}
