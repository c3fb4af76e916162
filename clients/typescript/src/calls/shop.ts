import type {
  Id,
  PersonalizedRequest,
  PopularRequest,
  ShownItem,
  StorefrontPage,
  StorefrontStats,
  StorefrontTask,
  Visitor,
  VisitorBody,
} from '../types.js';
import { type CallOptions, toWire } from '../wire.js';
import { FileCalls } from './files.js';
import type { Filters, RecommendationOptions } from './recommendations.js';

const hourMs = 3_600_000;

/** Calls of shops: lists in the form that shop plugins know, and pages for a storefront that Kindred follows. */
export class ShopCalls extends FileCalls {
  /** Entities like this one, as a bare list. */
  listSimilar(
    tenant: string,
    entityId: Id,
    options: Omit<RecommendationOptions, 'explain'> = {},
  ): Promise<ShownItem[]> {
    const { filters, ...rest } = options;
    return this.json('listSimilar', { path: { tenant, entity_id: entityId }, filters, options: rest });
  }

  /** What this user should see next, as a bare list. */
  listPersonalized(
    tenant: string,
    userId: Id,
    options: Omit<RecommendationOptions, 'explain'> = {},
  ): Promise<ShownItem[]> {
    const { filters, ...rest } = options;
    return this.json('listPersonalized', { path: { tenant, user_id: userId }, filters, options: rest });
  }

  /** What grows, as a bare list. */
  listShopTrending(
    tenant: string,
    options: CallOptions & {
      count?: number;
      category?: string;
      entityType?: string;
      windowDays?: number;
      filters?: Filters;
    } = {},
  ): Promise<ShownItem[]> {
    const { filters, ...rest } = options;
    return this.json('listShopTrending', { path: { tenant }, filters, options: rest });
  }

  /** What is bought together with this. */
  listComplement(
    tenant: string,
    entityId: Id,
    options: CallOptions & { count?: number; entityType?: string; exclude?: Id[] } = {},
  ): Promise<ShownItem[]> {
    return this.json('listComplement', { path: { tenant, entity_id: entityId }, options });
  }

  /** What goes with all of these. */
  listBundle(tenant: string, productIds: Id[], options: CallOptions & { count?: number } = {}): Promise<ShownItem[]> {
    const { count, ...rest } = options;
    const body = toWire({ productIds, count });
    return this.json('listBundle', { path: { tenant }, body, reads: true, options: rest });
  }

  /** These entities themselves. */
  listThose(tenant: string, productIds: Id[], options: CallOptions = {}): Promise<ShownItem[]> {
    return this.json('listThose', { path: { tenant }, body: toWire({ productIds }), reads: true, options });
  }

  /** What is popular with people like this. */
  popularPage(request: PopularRequest, options: CallOptions = {}): Promise<StorefrontPage> {
    return this.json('popularPage', { body: toWire(request), reads: true, options });
  }

  /** What this visitor should see next. */
  personalizedPage(request: PersonalizedRequest, options: CallOptions = {}): Promise<StorefrontPage> {
    return this.json('personalizedPage', { body: toWire(request), reads: true, options });
  }

  /** How much there is, and how it is kept in step. */
  storefrontStats(options: CallOptions = {}): Promise<StorefrontStats> {
    return this.json('storefrontStats', { options });
  }

  /** Who a visitor is, and what they like. */
  getVisitor(userId: Id, options: CallOptions = {}): Promise<Visitor> {
    return this.json('getVisitor', { path: { user_id: userId }, options });
  }

  /** Says who a visitor is; it counts in the next answer. */
  putVisitor(userId: Id, body: VisitorBody, options: CallOptions = {}): Promise<Visitor> {
    return this.json('putVisitor', { path: { user_id: userId }, body: toWire(body), options });
  }

  /** Sums up anew what a visitor likes. */
  refreshVisitor(userId: Id, options: CallOptions = {}): Promise<Visitor> {
    return this.json('refreshVisitor', { path: { user_id: userId }, options });
  }

  /** Counts anew what is popular with whom; with `wait` that is done when the answer comes. */
  refreshPopularItems(options: CallOptions & { wait?: boolean } = {}): Promise<StorefrontTask> {
    return this.json('refreshPopularItems', { options: { timeoutMs: hourMs, ...options } });
  }

  /** Sums up anew what users like; with `wait` that is done when the answer comes. */
  updateUserProfiles(options: CallOptions & { wait?: boolean } = {}): Promise<StorefrontTask> {
    return this.json('updateUserProfiles', { options: { timeoutMs: hourMs, ...options } });
  }

  /** Finds similar users and items anew; with `wait` that is done when the answer comes. */
  refreshSimilarities(options: CallOptions & { wait?: boolean } = {}): Promise<StorefrontTask> {
    return this.json('refreshSimilarities', { options: { timeoutMs: hourMs, ...options } });
  }

  /** Reads all of the shop's database again; with `wait` that is done when the answer comes. */
  fullSync(options: CallOptions & { wait?: boolean } = {}): Promise<StorefrontTask> {
    return this.json('fullSync', { options: { timeoutMs: hourMs, ...options } });
  }
}
