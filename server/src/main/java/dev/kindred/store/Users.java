package dev.kindred.store;

import dev.kindred.domain.JsonObject;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserMerge;
import dev.kindred.domain.UserProfile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The users of a tenant: everybody who did something, or of whom something was said. */
public interface Users {

  Optional<UserProfile> find(UserId user);

  /** The number by which events refer to a user. */
  OptionalInt number(UserId user);

  /** Users in the order of their ids by code points, from after {@code after} on. */
  List<UserProfile> page(Optional<UserId> after, int limit);

  /** Every user with their number, in the order of the numbers, streamed in constant memory. */
  void scan(int afterNumber, Consumer<Numbered> reader);

  /** The users of these numbers that there are, by number; for readers of the log. */
  List<Numbered> numbered(List<Integer> numbers);

  /** A merge of users, undone or not. */
  Optional<UserMerge> merge(String mergeId);

  /** The merges that a user was part of, newest first. */
  List<UserMerge> merges(UserId user, int limit);

  /** A user and the number by which events refer to them. */
  record Numbered(int number, UserId id, JsonObject attributes) {}
}
