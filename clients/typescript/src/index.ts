/** The TypeScript client of Kindred, a recommendation engine. */
export { Kindred, Kindred as RecommendationClient } from './client.js';
export * from './errors.js';
export { InteractionQueue, type QueueOptions, type Rejection } from './queue.js';
export type { RetryPolicy } from './retry.js';
export type { ClientOptions } from './transport.js';
export type * from './types.js';
export type { CallOptions } from './wire.js';
export type { EntityParts } from './calls/entities.js';
export type { ExportOptions, ImportOptions } from './calls/files.js';
export type { Paging } from './calls/interactions.js';
export type { CountingOptions, Filters, RecommendationOptions } from './calls/recommendations.js';
