/** What shops and their plugins send and get. */
import type { Attributes, Id } from '../types.js';

/** An entity with its score, as shop plugins get it. */
export interface ShownItem {
  entityId: string;
  entityType: string;
  score: number;
  attributes: Attributes;
}

/** Who somebody is, as far as a shop knows. */
export interface UserParams {
  geoId: Id;
  gender?: 'm' | 'f' | 'male' | 'female' | 'any';
  /** A group such as 25-34 or 55+, or an age in years. */
  age?: string;
  category?: string;
}

/** Only items like this. */
export interface StorefrontFilters {
  priceFrom?: number;
  priceTo?: number;
  category?: string;
  suitableFor?: string;
  acquaintanceLevel?: string;
  platform?: string;
  gender?: 'm' | 'f' | 'male' | 'female' | 'any';
  age?: string;
}

/** What is popular with whom. */
export interface PopularRequest {
  userParams: UserParams;
  filters?: StorefrontFilters;
  pagination?: { page?: number; limit?: number };
  /** What this user liked is left out. */
  userId?: Id;
}

/** What somebody should see next. */
export interface PersonalizedRequest {
  userId: Id;
  geoId: Id;
  filters?: StorefrontFilters;
  pagination?: { page?: number; limit?: number };
}

/** A page of items, by the ids that the catalogue has. */
export interface StorefrontPage {
  items: Id[];
  pagination: {
    page: number;
    limit: number;
    totalCount: number;
    totalPages: number;
    hasNext: boolean;
    hasPrevious: boolean;
    totalIsLowerBound?: boolean;
  };
  computationTimeMs: number;
  algorithmUsed: 'popular' | 'content_based' | 'collaborative';
  toppedUpWith?: ('popular' | 'content_based')[];
  cacheHit: boolean;
}

/** How much there is, and how it is kept in step. */
export interface StorefrontStats {
  service: string;
  version: string;
  mainDatabase: Record<string, unknown>;
  recommendationsDatabase: Record<string, unknown>;
  cacheInfo: Record<string, unknown>;
  configuration: Record<string, unknown>;
  jobs: Record<string, unknown>[];
}

/** What a shop says about a visitor. */
export interface VisitorBody {
  gender?: 'm' | 'f' | 'male' | 'female';
  ageGroup?: string;
  locale?: string;
  geoId?: Id;
}

/** Who visits a shop, and what they like. */
export interface Visitor {
  userId: Id;
  gender: string | null;
  ageGroup: string | null;
  locale: string | null;
  geoId: Id | null;
  preferredCategories?: Record<string, unknown>;
  preferredPlatforms?: Record<string, unknown>;
  avgPrice?: number | null;
  priceRangeMin?: number | null;
  priceRangeMax?: number | null;
  interactionCount?: number;
  lastInteractionAt?: string | null;
  buyingPatterns?: Record<string, unknown>;
}

/** Work that was begun, or with `wait` ended. */
export interface StorefrontTask {
  status: 'accepted' | 'completed';
  message: string;
  jobId: string;
}
