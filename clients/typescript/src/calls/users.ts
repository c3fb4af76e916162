import type { Attributes, ErasureReceipt, Id, Merge, User } from '../types.js';
import type { CallOptions } from '../wire.js';
import { RecommendationCalls } from './recommendations.js';

/** Calls about users: who did it. */
export class UserCalls extends RecommendationCalls {
  /** Reads a user's profile. */
  getUser(userId: Id, options: CallOptions = {}): Promise<User> {
    return this.json('getUser', { path: { user_id: userId }, options });
  }

  /** Creates a user or replaces their attributes. */
  putUser(userId: Id, attributes: Attributes, options: CallOptions = {}): Promise<User> {
    return this.json('putUser', { path: { user_id: userId }, body: { attributes }, options });
  }

  /** Erases a user and everything they did; the receipt stays. */
  eraseUser(userId: Id, options: CallOptions = {}): Promise<ErasureReceipt> {
    return this.json('eraseUser', { path: { user_id: userId }, options });
  }

  /** Gives a user what another one did, as when somebody unknown has logged in. */
  mergeUser(userId: Id, from: Id, options: CallOptions = {}): Promise<Merge> {
    return this.json('mergeUser', { path: { user_id: userId }, body: { from }, options });
  }

  /** The newest merges that a user was part of. */
  listMerges(userId: Id, options: CallOptions = {}): Promise<{ merges: Merge[] }> {
    return this.json('listMerges', { path: { user_id: userId }, options });
  }

  /** Undoes a merge; what was moved and is still there goes back. */
  undoMerge(userId: Id, mergeId: string, options: CallOptions = {}): Promise<Merge> {
    return this.json('undoMerge', { path: { user_id: userId, merge_id: mergeId }, options });
  }
}
