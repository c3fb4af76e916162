import type {
  Algorithm,
  Id,
  Ranked,
  Recommendation,
  RecommendationLists,
  RecommendationRequest,
  Trending,
} from '../types.js';
import { type CallOptions, toWire } from '../wire.js';
import { InteractionCalls } from './interactions.js';

/** By attribute: `{ category: 'kitchen', 'price.lte': 50, 'tag.in': ['red', 'blue'] }`. */
export type Filters = Record<string, string | number | boolean | (string | number)[]>;

/** What a list of what counts most should be like. */
export interface CountingOptions extends CallOptions {
  count?: number;
  entityType?: string;
  exclude?: Id[];
  minScore?: number;
  windowDays?: number;
  filters?: Filters;
}

/** What a list of recommendations should be like. */
export interface RecommendationOptions extends CountingOptions {
  algorithm?: Algorithm;
  collaborativeWeight?: number;
  contentBasedWeight?: number;
  excludeSeen?: boolean;
  diversity?: number;
  explain?: boolean;
}

/** Calls about recommendations: what to show. */
export class RecommendationCalls extends InteractionCalls {
  /** What this user should see next, best first. A user whom nobody knows gets the best list for somebody unknown. */
  getUserRecommendations(userId: Id, options: RecommendationOptions = {}): Promise<Recommendation> {
    const { filters, ...rest } = options;
    return this.json('getUserRecommendations', { path: { user_id: userId }, filters, options: rest });
  }

  /** Entities like this one: what the same people took, what has similar content, or both. */
  getSimilarEntities(entityId: Id, options: RecommendationOptions = {}): Promise<Recommendation> {
    const { filters, ...rest } = options;
    return this.json('getSimilarEntities', { path: { entity_id: entityId }, filters, options: rest });
  }

  /** What grows, not merely what is large. */
  getTrending(options: CountingOptions = {}): Promise<Trending> {
    const { filters, ...rest } = options;
    return this.json('getTrending', { filters, options: rest });
  }

  /** What counted most in the window, among all users or those with the attributes of `segment`. */
  getPopular(options: CountingOptions & { segment?: Filters } = {}): Promise<Recommendation> {
    const { segment = {}, filters, ...rest } = options;
    const segments = Object.fromEntries(Object.entries(segment).map(([name, value]) => [`segment.${name}`, value]));
    return this.json('getPopular', { filters: { ...filters, ...segments }, options: rest });
  }

  /** All that can be asked, in one request: for a user, entities, what is viewed now, with filters and boosts. */
  recommend(request: RecommendationRequest, options: CallOptions = {}): Promise<Recommendation> {
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
  rank(
    userId: Id,
    entityIds: Id[],
    options: CallOptions & { session?: Id[]; algorithm?: Algorithm } = {},
  ): Promise<Ranked> {
    const { session, algorithm, ...rest } = options;
    return this.json('rank', { body: toWire({ userId, entityIds, session, algorithm }), reads: true, options: rest });
  }
}
