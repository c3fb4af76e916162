/**
 * What goes over the wire, with the names of TypeScript.
 *
 * A test compares each with the schema of its name in the server's OpenAPI document.
 */

export type * from './types/behaviors.js';
export type * from './types/experiments.js';
export type * from './types/files.js';
export type * from './types/shop.js';
export type * from './types/webhooks.js';

/** A text, or a number that is kept as its decimal text. */
export type Id = string | number;

/** Any JSON, nested up to 3 levels. */
export type Attributes = Record<string, unknown>;

/** A Date, RFC 3339, or seconds or milliseconds since 1970. */
export type Time = Date | string | number;

// ---- entities -------------------------------------------------------------------------------------------------------

/** Something that may be recommended, to be stored. */
export interface NewEntity {
  entityId: Id;
  entityType: string;
  attributes?: Attributes;
  featureVector?: number[];
  availableFrom?: Time;
  availableUntil?: Time;
  tenantId?: string;
}

/** What a product is when a shop plugin sends it: an entity whose type is `product` unless told. */
export type Product = Omit<NewEntity, 'entityType'> & { entityType?: string };

/** What an entity is replaced by. */
export type EntityBody = Omit<NewEntity, 'entityId' | 'entityType'>;

/** Changes to an entity (JSON Merge Patch): what is null goes away, what is left out stays. */
export interface EntityPatch {
  attributes?: Attributes | null;
  featureVector?: number[] | null;
  availableFrom?: Time | null;
  availableUntil?: Time | null;
  tenantId?: string;
}

/** Something that may be recommended. */
export interface Entity {
  entityId: string;
  entityType: string;
  tenantId: string;
  attributes: Attributes;
  /** Left out of lists, and wherever `includeVector: false` or `fields` say so. */
  featureVector?: number[];
  availableFrom?: string;
  availableUntil?: string;
  createdAt: string;
  updatedAt: string;
  position?: number;
  warnings?: string[];
}

/** Some entities, and where to go on. */
export interface EntityPage {
  entities: Entity[];
  nextCursor: string | null;
}

// ---- interactions ---------------------------------------------------------------------------------------------------

/** A type's name, how much a user liked something, or a type of your own. */
export type InteractionKind = string | { rating: number } | { custom: string };

/** What a user did, to be recorded. */
export interface NewInteraction {
  userId: Id;
  entityId: Id;
  interactionType: InteractionKind;
  entityType?: string;
  weight?: number;
  metadata?: Record<string, unknown>;
  timestamp?: Time;
  eventId?: Id;
  recommendationId?: string;
  tenantId?: string;
}

/** Several items bought at once. */
export interface Order {
  userId: Id;
  items: OrderItem[];
  orderId?: Id;
  total?: number;
  timestamp?: Time;
  recommendationId?: string;
  tenantId?: string;
}

/** A line of an order. */
export interface OrderItem {
  entityId: Id;
  entityType?: string;
  quantity?: number;
  price?: number;
}

/** What a user did. */
export interface RecordedInteraction {
  id: number;
  userId: string;
  entityId: string;
  entityType: string;
  interactionType: string;
  weight: number;
  metadata: Record<string, unknown>;
  tenantId: string;
  timestamp: string;
  position: number;
  eventId?: string;
  recommendationId?: string;
  duplicate?: boolean;
  warnings?: string[];
}

/** Some interactions, newest first, and where to go on. */
export interface InteractionPage {
  interactions: RecordedInteraction[];
  nextCursor: string | null;
}

/** An order: one interaction an item. */
export interface RecordedOrder {
  userId: string;
  interactions: RecordedInteraction[];
  position: number;
  orderId?: string;
  warnings?: string[];
}

/** A kind of interaction, to be registered. */
export interface NewInteractionType extends InteractionTypeBody {
  interactionType: string;
  weight: number;
}

/** What is said about a kind of interaction. */
export interface InteractionTypeBody {
  weight?: number;
  description?: string;
  halfLifeDays?: number;
}

/** A kind of interaction, and how much it counts. */
export interface InteractionType {
  interactionType: string;
  weight: number;
  defaultWeight: number;
  tenantId: string;
  createdAt: string;
  updatedAt: string;
  description?: string | null;
  halfLifeDays?: number;
  position?: number;
}

// ---- recommendations ------------------------------------------------------------------------------------------------

export type Algorithm = 'hybrid' | 'collaborative' | 'content_based' | 'trending' | 'popular';

/** What a source adds to a score. */
export interface ExplanationPart {
  source: string;
  value: number;
}

/** One of the user's own interactions that weighed much. */
export interface Because {
  entityId: string;
  entityType: string;
  interactionType: string;
  timestamp: string;
  share: number;
}

/** Why an entity is recommended. The parts add up to the score. */
export interface Explanation {
  parts: ExplanationPart[];
  because: Because[];
  neighbours: number;
  sentence: string;
}

/** An entity with its score in [0, 1] and the reason. */
export interface RecommendedItem {
  entityId: string;
  entityType: string;
  score: number;
  reason: string;
  attributes: Attributes;
  explanation?: Explanation;
}

/** Why an entity that was asked about is not in the list. */
export interface Missing {
  entityId: string;
  rule: string;
  rank?: number;
  score?: number;
  lacking?: number;
}

/** A list to show, best first. */
export interface Recommendation {
  recommendations: RecommendedItem[];
  recommendationId: string;
  algorithm: string;
  count: number;
  coldStart: boolean;
  generatedAt: string;
  position: number;
  model: string;
  cacheHit: boolean;
  userId?: string;
  entityId?: string;
  entityIds?: string[];
  /** How many entities each rule kept out, where there were too few. */
  shortfall?: Record<string, number>;
  missing?: Missing[];
  experiment?: { name: string; variant: string };
  warnings?: string[];
}

/** Scores of entities that meet the filter are multiplied. */
export interface Boost {
  filter: Record<string, unknown>;
  factor: number;
}

/** What to recommend, and to whom: to a user, for entities, for what is viewed now, or all of it. */
export interface RecommendationRequest {
  userId?: Id;
  entityIds?: Id[];
  /** What is viewed now, the newest last. */
  session?: Id[];
  context?: Record<string, unknown>;
  count?: number;
  algorithm?: Algorithm;
  collaborativeWeight?: number;
  contentBasedWeight?: number;
  entityType?: string;
  excludeSeen?: boolean;
  exclude?: Id[];
  filter?: Record<string, unknown>;
  boost?: Boost[];
  minScore?: number;
  diversity?: number;
  windowDays?: number;
  explain?: boolean;
  explainMissing?: Id[];
  scenario?: string;
  tenantId?: string;
}

/** One list a request, in their order. */
export interface RecommendationLists {
  results: Recommendation[];
  warnings?: string[];
}

/** What grows. */
export interface Trending {
  trending: RecommendedItem[];
  count: number;
  windowDays: number;
  position: number;
  cacheHit: boolean;
}

/** An entity with its score. */
export interface RankedItem {
  entityId: string;
  score: number;
  entityType?: string;
}

/** Entities in a user's order, the best first; those that are not there stand last. */
export interface Ranked {
  userId: string;
  entityIds: string[];
  ranking: RankedItem[];
  position: number;
  model: string;
  warnings?: string[];
}

// ---- users ----------------------------------------------------------------------------------------------------------

/** Who did it. */
export interface User {
  userId: string;
  tenantId: string;
  attributes: Attributes;
  interactionCount: number;
  createdAt: string;
  updatedAt: string;
  position?: number;
}

/** What stays of a user who was erased. */
export interface ErasureReceipt {
  userId: string;
  tenantId: string;
  interactionsRemoved: number;
  erasedAt: string;
  position: number;
}

/** What one user did, given to another. */
export interface Merge {
  mergeId: string;
  userId: string;
  from: string;
  tenantId: string;
  interactionsMoved: number;
  mergedAt: string;
  undoneAt?: string;
  position?: number;
}

// ---- jobs -----------------------------------------------------------------------------------------------------------

/** A row that was refused. */
export interface RowError {
  index: number;
  error: string;
  entityId?: string;
  entityType?: string;
}

/** What became of many rows. */
export interface BulkReport {
  jobId: string;
  status: 'completed' | 'partially_completed' | 'failed';
  totalRecords: number;
  processed: number;
  successful: number;
  failed: number;
  errors: RowError[];
  duplicates?: number;
  warnings?: string[];
  position?: number;
}

/** Work that goes on after the answer. */
export interface Job {
  jobId: string;
  kind: string;
  tenantId: string;
  status: 'queued' | 'running' | 'completed' | 'partially_completed' | 'failed' | 'cancelled';
  totalRecords: number;
  processed: number;
  successful: number;
  failed: number;
  errors: RowError[];
  createdAt: string;
  progress?: number;
  cancelRequested?: boolean;
  attempts?: number;
  startedAt?: string;
  finishedAt?: string;
  position?: number;
}

/** What was learned: in force, or only tried. */
export interface Model {
  name: string;
  entityType: string;
  position: number;
  inForce: boolean;
  outcome: string;
  startedAt: string;
  endedAt: string;
  /** What was tried, with measures and their intervals, what was chosen and why. */
  report?: Record<string, unknown>;
}

// ---- keys and tenants -----------------------------------------------------------------------------------------------

export type KeyKind = 'admin' | 'server' | 'publishable';

/** A key to be made, for one tenant or for all. */
export interface NewKey {
  kind: KeyKind;
  name?: string;
  tenantId?: string;
  origins?: string[];
  requestsPerMinute?: number;
}

/** What opens the API, without its secret. */
export interface Key {
  keyId: string;
  name: string;
  kind: KeyKind;
  tenantId: string | null;
  origins: string[];
  createdAt: string;
  requestsPerMinute?: number;
  revokedAt?: string;
  position?: number;
}

/** A key with its secret, which is told only this once; null where the answer had to be repeated. */
export interface NewlyMadeKey extends Key {
  key: string | null;
}

/** What a tenant has set for itself. */
export interface TenantConfig {
  tenantId: string;
  version: number;
  config: Record<string, unknown>;
  updatedAt?: string;
  position?: number;
}

// ---- operation ------------------------------------------------------------------------------------------------------

/** Whether the process lives, and how its parts are. */
export interface Health {
  status: 'healthy' | 'degraded';
  service: string;
  version: string;
  uptimeSeconds: number;
  components: Record<string, unknown>;
}

/** Whether the server can serve now; the checks say why not. */
export interface Readiness {
  status: string;
  checks: Record<string, unknown>;
}
