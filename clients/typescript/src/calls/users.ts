import type { Attributes, ErasureReceipt, Id, User } from '../types.js';
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
}
