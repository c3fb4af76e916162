import type { Embedding, NearestContent } from '../types.js';
import type {
  AnalyticsHealth,
  Behavior,
  BulkReport,
  Content,
  ContentBody,
  ContentMetrics,
  Id,
  NewBehavior,
  Overview,
  SimilarUser,
  StoredContent,
  Time,
  UserAnalytics,
} from '../types.js';
import { type CallOptions } from '../wire.js';
import { WebhookCalls } from './webhooks.js';

/** Calls about behaviors. Behaviour: what users did and in which circumstances, and what it adds up to. */
export class BehaviorCalls extends WebhookCalls {
  /** Records a behaviour: an interaction with its circumstances. */
  recordBehavior(behavior: NewBehavior, options: CallOptions = {}): Promise<Behavior> {
    return this.json('recordBehavior', { body: behavior, options });
  }

  /** Records many behaviours; one bad row fails alone and is told in the errors. */
  importBehaviors(behaviors: NewBehavior[], options: CallOptions = {}): Promise<BulkReport> {
    return this.json('importBehaviors', { body: { behaviors }, options });
  }

  /** What a user did, summed up; nothing for somebody unknown. */
  getUserAnalytics(userId: Id, options: CallOptions = {}): Promise<UserAnalytics> {
    return this.json('getUserAnalytics', { path: { user_id: userId }, options });
  }

  /** Who is like a user, the most similar first. */
  listSimilarUsers(
    userId: Id,
    options: CallOptions & { limit?: number; genreTerm?: 'cosine' | 'jaccard' } = {},
  ): Promise<SimilarUser[]> {
    return this.json('listSimilarUsers', { path: { user_id: userId }, options });
  }

  /** What content is. */
  getContent(contentId: Id, options: CallOptions & { mediaType?: string } = {}): Promise<Content> {
    return this.json('getContent', { path: { content_id: contentId }, options });
  }

  /** Says what content is; nothing that was counted is touched. */
  putContent(contentId: Id, content: ContentBody = {}, options: CallOptions = {}): Promise<StoredContent> {
    return this.json('putContent', { path: { content_id: contentId }, body: content, options });
  }

  /** What users made of content. */
  getContentMetrics(contentId: Id, options: CallOptions & { mediaType?: string } = {}): Promise<ContentMetrics> {
    return this.json('getContentMetrics', { path: { content_id: contentId }, options });
  }

  /** The course of events: types, active users, top content, what became of recommendations. */
  getOverview(
    options: CallOptions & { from?: Time; to?: Time; bucket?: 'hour' | 'day' | 'week' } = {},
  ): Promise<Overview> {
    return this.json('getOverview', { options });
  }

  /** Whether behaviour is counted, and how much of it is kept. */
  getAnalyticsHealth(options: CallOptions = {}): Promise<AnalyticsHealth> {
    return this.json('getAnalyticsHealth', { options });
  }

  /** The vector of content, and the model that made it. */
  getEmbedding(contentId: Id, options: CallOptions & { mediaType?: string } = {}): Promise<Embedding> {
    return this.json('getEmbedding', { path: { content_id: contentId }, options });
  }

  /** Gives content a vector of the configured dimension in place of its own. */
  putEmbedding(
    contentId: Id,
    body: { model: string; vector: number[] },
    options: CallOptions & { mediaType?: string } = {},
  ): Promise<Embedding> {
    return this.json('putEmbedding', { path: { content_id: contentId }, body, options });
  }

  /** Content of the same type whose vectors are nearest, by their cosine. */
  listNearestContent(
    contentId: Id,
    options: CallOptions & { mediaType?: string; limit?: number } = {},
  ): Promise<NearestContent> {
    return this.json('listNearestContent', { path: { content_id: contentId }, options });
  }
}
