package dev.kindred.client;

import dev.kindred.client.model.ErasureReceipt;
import dev.kindred.client.model.Merge;
import dev.kindred.client.model.User;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Calls about users: who did it. */
abstract class UserCalls extends RecommendationCalls {

  private static final TypeReference<User> USER = new TypeReference<>() {};
  private static final TypeReference<ErasureReceipt> RECEIPT = new TypeReference<>() {};

  private static final TypeReference<Merge> MERGE = new TypeReference<>() {};

  UserCalls(Connection connection, Options options) {
    super(connection, options);
  }

  /** Reads a user's profile. */
  public User getUser(String userId) {
    return json(Call.of(Operation.GET_USER).path("user_id", userId), USER);
  }

  /** Creates a user or replaces their attributes. */
  public User putUser(String userId, Map<String, ?> attributes) {
    return json(
        Call.of(Operation.PUT_USER).path("user_id", userId).body(Map.of("attributes", attributes)),
        USER);
  }

  /** Erases a user and everything they did; the receipt stays. */
  public ErasureReceipt eraseUser(String userId) {
    return json(Call.of(Operation.ERASE_USER).path("user_id", userId), RECEIPT);
  }

  /** Gives a user what another one did, as when somebody unknown has logged in. */
  public Merge mergeUser(String userId, String from) {
    return json(
        Call.of(Operation.MERGE_USER).path("user_id", userId).body(Map.of("from", from)), MERGE);
  }

  private record Merges(List<Merge> merges) {}

  /** The newest merges that a user was part of. */
  public List<Merge> listMerges(String userId) {
    return json(
            Call.of(Operation.LIST_MERGES).path("user_id", userId), new TypeReference<Merges>() {})
        .merges;
  }

  /** Undoes a merge; what was moved and is still there goes back. */
  public Merge undoMerge(String userId, String mergeId) {
    return json(
        Call.of(Operation.UNDO_MERGE).path("user_id", userId).path("merge_id", mergeId), MERGE);
  }
}
