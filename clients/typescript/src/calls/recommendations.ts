import type { Algorithm, Id, RecommendationLists, RecommendationRequest, Recommendations, Trending } from '../types.js';
import { type CallOptions, toWire } from '../wire.js';
import { InteractionCalls } from './interactions.js';

/** By attribute: `{ category: 'kitchen', 'price.lte': 50, 'tag.in': ['red', 'blue'] }`. */
export type Filters = Record<string, string | number | boolean | (string | number)[]>;

/** What a list of recommendations should be like. */
export interface UserRecommendationOptions extends CallOptions {
  count?: number;
  algorithm?: Algorithm;
  collaborativeWeight?: number;
  contentBasedWeight?: number;
  entityType?: string;
  excludeSeen?: boolean;
  exclude?: Id[];
  minScore?: number;
  diversity?: number;
  explain?: boolean;
  filters?: Filters;
}

export interface SimilarEntityOptions extends CallOptions {
  entityType?: string;
  count?: number;
  algorithm?: Algorithm;
  filters?: Filters;
}

export interface WindowOptions extends CallOptions {
  entityType?: string;
  count?: number;
  windowDays?: number;
}

/** Calls about recommendations: what to show. */
export class RecommendationCalls extends InteractionCalls {
  /** What this user should see next, best first. A user whom nobody knows gets the best list for somebody unknown. */
  getUserRecommendations(userId: Id, options: UserRecommendationOptions = {}): Promise<Recommendations> {
    const { filters, ...rest } = options;
    return this.json('getUserRecommendations', { path: { user_id: userId }, filters, options: rest });
  }

  /** Entities like this one: what the same people took, what has similar content, or both. */
  getSimilarEntities(entityId: Id, options: SimilarEntityOptions = {}): Promise<Recommendations> {
    const { filters, ...rest } = options;
    return this.json('getSimilarEntities', { path: { entity_id: entityId }, filters, options: rest });
  }

  /** What grows, not merely what is large. */
  getTrending(options: WindowOptions = {}): Promise<Trending> {
    return this.json('getTrending', { options });
  }

  /** What counted most in the window, among all users or those with the attributes of `segment`. */
  getPopular(options: WindowOptions & { segment?: Filters } = {}): Promise<Recommendations> {
    const { segment = {}, ...rest } = options;
    const filters = Object.fromEntries(Object.entries(segment).map(([name, value]) => [`segment.${name}`, value]));
    return this.json('getPopular', { filters, options: rest });
  }

  /** All that can be asked, in one request: for a user, entities, what is viewed now, with filters and boosts. */
  recommend(request: RecommendationRequest, options: CallOptions = {}): Promise<Recommendations> {
    return this.json('recommend', { body: toWire(request), reads: true, options });
  }

  /** Many lists in one call; with `distinct` no entity is in two of them. */
  recommendBatch(
    requests: RecommendationRequest[],
    options: CallOptions & { distinct?: boolean } = {},
  ): Promise<RecommendationLists> {
    const { distinct, ...rest } = options;
    return this.json('recommendBatch', { body: toWire({ requests, distinct }), reads: true, options: rest });
  }

  /** The same entities, in the order of this user's liking. */
  rank(userId: Id, entityIds: Id[], options: CallOptions = {}): Promise<Recommendations> {
    return this.json('rank', { body: toWire({ userId, entityIds }), reads: true, options });
  }
}
