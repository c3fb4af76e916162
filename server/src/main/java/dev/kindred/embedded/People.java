package dev.kindred.embedded;

import dev.kindred.domain.Change;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Outcome.UserErased;
import dev.kindred.domain.Outcome.UsersMerged;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserMerge;
import dev.kindred.domain.UserProfile;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import dev.kindred.store.Store;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The users: what is known of them apart from what they did, and their rights. */
public final class People {

  private final Store store;
  private final Keep keep;

  public People(Store store, Keep keep) {
    this.store = store;
    this.keep = keep;
  }

  /** Says who a user is; whoever does something is a user without that. */
  public UserProfile put(String userId, Map<String, ?> attributes) {
    var said = Json.object(PlainJson.object(attributes), Limits.ATTRIBUTES);
    return ((Outcome.UserStored) keep.one(new Change.PutUser(new UserId(userId), said))).user();
  }

  public Optional<UserProfile> find(String userId) {
    return store.tenant(keep.tenant()).users().find(new UserId(userId));
  }

  /** Removes everything about a user, from the models too; the receipt says how much it was. */
  public UserErased erase(String userId) {
    return (UserErased) keep.one(new Change.EraseUser(new UserId(userId)));
  }

  /** Gives what somebody unknown did to the one who they turned out to be. */
  public UserMerge merge(String from, String into) {
    var change =
        new Change.MergeUsers("merge_" + UUID.randomUUID(), new UserId(from), new UserId(into));
    return ((UsersMerged) keep.one(change)).merge();
  }

  public UserMerge undoMerge(String mergeId) {
    return ((UsersMerged) keep.one(new Change.UndoMerge(mergeId))).merge();
  }
}
