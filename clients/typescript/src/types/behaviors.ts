/** What users did in which circumstances, and what it adds up to. Names are as on the wire. */
import type { Id, Time } from '../types.js';

/** What a user did and in which circumstances. */
export interface Behavior {
  id: number;
  userId: string;
  contentId: string;
  mediaType: string;
  action: string;
  interactionType: string;
  timestamp: string;
  sessionDuration?: number;
  rating?: number;
  completionPercentage?: number;
  skipReason?: string;
  metadata: Record<string, unknown>;
  weight: number;
  tenantId?: string;
  position: number;
  duplicate?: boolean;
  warnings?: string[];
}

/** What a user did, summed up. */
export interface UserAnalytics {
  userId: string;
  totalViews: number;
  /** In seconds. */
  averageSessionDuration: number | null;
  favoriteGenres: string[];
  preferredTimeSlots: string[];
  completionRate: number;
  averageRating: number | null;
  lastActiveDate: string | null;
  /** How much each genre is liked, as a vector of length 1; the most liked first. */
  genreEmbedding: Record<string, number>;
}

/** Somebody who is like a user. */
export interface SimilarUser {
  userId: string;
  similarity: number;
  commonInterests: string[];
  sharedViews: number;
}

/** What content is. */
export interface Content {
  contentId: string;
  mediaType: string;
  title: string | null;
  genres: string[];
}

/** What users made of content; rates are over distinct users. */
export interface ContentMetrics {
  contentId: string;
  mediaType: string;
  title: string | null;
  genres: string[];
  averageRating: number | null;
  totalViews: number;
  completionRate: number;
  skipRate: number;
  /** Its decayed rate against its own baseline of four weeks; above 1 it is rising. */
  trendingScore: number;
  /** The percentile of its views. */
  popularityIndex: number;
  lastUpdated: string | null;
}

/** What happened when. */
export interface Overview {
  from: string;
  to: string;
  series: OverviewSeries[];
  activeUsers: number;
  topContent: OverviewTopContent[];
  /** Of interactions that name a recommendation. */
  recommendations: OverviewRecommendations;
}

/** What happened in one stretch of time. */
export interface OverviewSeries {
  start: string;
  events: Record<string, number>;
  activeUsers: number;
}

/** Content with much going on around it. */
export interface OverviewTopContent {
  contentId: string;
  mediaType: string;
  title: string;
  events: number;
}

/** What became of recommendations, of interactions that name one. */
export interface OverviewRecommendations {
  shown: number;
  acted: number;
  clickThroughRate: number;
  coverage: number;
}

/** Whether behaviour is counted, and how much of it is kept. */
export interface AnalyticsHealth {
  status: 'healthy' | 'degraded';
  degraded?: boolean;
  recordCount: number;
  lastActivity: string | null;
  dbType: string;
}

/** What a user did and in which circumstances, to be recorded. */
export interface NewBehavior {
  /** A text, or a number that is kept as its decimal text. */
  userId: Id;
  /** A text, or a number that is kept as its decimal text. */
  contentId: Id;
  mediaType?: string;
  action: string;
  /** RFC 3339 with zone, or seconds or milliseconds since 1970. */
  timestamp?: Time;
  /** In seconds. */
  sessionDuration?: number;
  rating?: number;
  completionPercentage?: number;
  skipReason?: string;
  /** Anything; timeOfDay and dayOfWeek are added where they are missing. */
  contextualData?: NewBehaviorContextualData;
  /** A text, or a number that is kept as its decimal text. */
  eventId?: Id;
  recommendationId?: string;
}

/** The circumstances; anything else may be added. */
export interface NewBehaviorContextualData {
  timeOfDay?: 'morning' | 'afternoon' | 'evening' | 'night';
  dayOfWeek?: string;
  device?: string;
  location?: string;
  experimentName?: string;
  experimentVariant?: string;
}

/** Content as it was stored. */
export interface StoredContent {
  contentId: string;
  entityType: string;
  attributes: Record<string, unknown>;
  updatedAt: string;
  position: number;
  warnings?: string[];
}

/** What is said about content. */
export interface ContentBody {
  mediaType?: string;
  title?: string;
  genres?: string[];
}

/** The vector of content, and the model that made it. */
export interface Embedding {
  contentId: string;
  mediaType: string;
  model: string;
  dimension: number;
  vector: number[];
  position?: number;
  warnings?: string[];
}

/** Content whose vectors are nearest by their cosine, the nearest first. */
export interface NearestContent {
  contentId: string;
  model: string;
  nearest: { contentId: string; mediaType: string; similarity: number }[];
}
