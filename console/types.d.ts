/** The answers of the API that the console shows, as far as it reads them. */

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Attributes = { [name: string]: Json };

export interface Part {
  source: string;
  value: number;
}

export interface Because {
  entity_id: string;
  entity_type: string;
  interaction_type: string;
  timestamp: string;
  share: number;
}

export interface Explanation {
  parts: Part[];
  because: Because[];
  neighbours: number;
  sentence: string;
}

export interface Item {
  entity_id: string;
  entity_type: string;
  score: number;
  reason: string;
  attributes: Attributes;
  explanation?: Explanation;
}

export interface Missing {
  entity_id: string;
  rule: string;
  rank?: number;
  score?: number;
  lacking?: number;
}

export interface Recommendation {
  user_id?: string;
  recommendation_id: string;
  algorithm: string;
  count: number;
  cold_start: boolean;
  generated_at: string;
  position: number;
  model: string;
  cache_hit: boolean;
  recommendations: Item[];
  experiment?: { name: string; variant: string };
  shortfall?: Record<string, number>;
  missing?: Missing[];
  warnings?: string[];
}

export interface Interaction {
  id: number;
  user_id: string;
  entity_id: string;
  entity_type: string;
  interaction_type: string;
  weight: number;
  timestamp: string;
  tenant_id: string;
  position: number;
}

export interface Entity {
  entity_id: string;
  entity_type: string;
  tenant_id: string;
  attributes: Attributes;
  created_at: string;
  updated_at: string;
}

export interface EntityPage {
  entities: Entity[];
  next_cursor: string | null;
}

export interface User {
  user_id: string;
  tenant_id: string;
  attributes: Attributes;
  interaction_count: number;
  created_at: string;
  updated_at: string;
}

export interface UserAnalytics {
  totalViews: number;
  averageSessionDuration: number | null;
  favoriteGenres: string[];
  preferredTimeSlots: string[];
  completionRate: number;
  averageRating: number | null;
  lastActiveDate: string | null;
  genreEmbedding: Record<string, number>;
}

export interface SimilarUser {
  userId: string;
  similarity: number;
  commonInterests: string[];
  sharedViews: number;
}

export interface ContentMetrics {
  averageRating: number | null;
  totalViews: number;
  completionRate: number;
  skipRate: number;
  trendingScore: number;
  popularityIndex: number;
  lastUpdated: string | null;
}

export interface Health {
  status: string;
  version: string;
  uptime_seconds: number;
  components: Record<string, { status: string; detail?: string }>;
}

export interface AnalyticsHealth {
  status: string;
  recordCount: number;
  lastActivity: string | null;
  dbType: string;
}

export interface Bucket {
  start: string;
  events: Record<string, number>;
  activeUsers: number;
}

export interface Overview {
  from: string;
  to: string;
  series: Bucket[];
  activeUsers: number;
  topContent: { contentId: string; mediaType: string; title: string; events: number }[];
  recommendations: { shown: number; acted: number; clickThroughRate: number; coverage: number };
}

export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export interface Quality {
  users: number;
  coverage: number;
  [measure: string]: number | Estimate;
}

export interface ModelReport {
  learned_from?: { users: number; items: number; pairs: number };
  chosen?: { recipe: string; weight: number }[];
  quality?: Quality;
  tried?: { recipe: string; quality: Quality }[];
  content?: { share: number; tried: { share: number; quality: Quality }[] };
  why?: string;
}

export interface Model {
  name: string;
  entity_type: string;
  position: number;
  in_force: boolean;
  outcome: string;
  started_at: string;
  ended_at: string;
  report?: ModelReport;
}

export interface Models {
  models: Model[];
  shown: { algorithm: string; lists: number; followed: number; share: number }[];
}

export interface Job {
  job_id: string;
  kind: string;
  status: string;
  total_records: number;
  processed: number;
  successful: number;
  failed: number;
  progress?: number;
  attempts?: number;
  errors: { index?: number; error?: string; message?: string }[];
  created_at: string;
  started_at?: string;
  finished_at?: string;
}

export interface Interval {
  low: number | null;
  high: number | null;
}

export interface Difference {
  difference: number | null;
  lift: number | null;
  liftInterval: Interval;
  pValue: number;
  alwaysValidPValue: number;
  power: number;
}

export interface VariantResult {
  variant: string;
  control: boolean;
  users: number;
  converted: number;
  conversions: number;
  rate: number;
  rateInterval: Interval;
  valueMean: number;
}

export interface Comparison {
  variants: string[];
  against: string;
  rate: Difference;
  usersNeeded: number | null;
  daysNeeded: number | null;
}

export interface MetricResult {
  metric: string;
  variants: VariantResult[];
  comparisons: Comparison[];
  incremental: Comparison[];
}

export interface ExperimentResults {
  users: number;
  startDate: string;
  endDate: string;
  confidence: number;
  sampleRatio: { mismatch: boolean; pValue: number; alwaysValidPValue: number };
  metrics: MetricResult[];
  minimumSampleReached: boolean;
  winner: string | null;
  why: string;
}

export interface Experiment {
  name: string;
  description: string | null;
  state: string;
  version: number;
  variants: { name: string; weight: number; config?: Attributes; holdout?: string }[];
  targetMetrics: string[];
  minimumSampleSize: number;
  assignedBy: string;
  winner: string | null;
  createdAt: string;
  startedAt?: string;
  stoppedAt?: string;
}

export interface Configuration {
  settings: { name: string; value: string; source: string }[];
  last_reading: { status: string; at: string; problems: string[] };
}

/** What a call came back with. */
export interface Answer<T> {
  data: T;
  /** The position of a write, or that a read is as of; none where the answer has none. */
  position?: number;
  tookMs: number;
  serverMs?: number;
}

/** Where somebody is: the first part of the hash, what stands behind it, and what behind the question mark. */
export interface Place {
  view: string;
  rest: string[];
  query: URLSearchParams;
}

export interface View {
  title: string;
  /** Fills the page; what it starts ends with the signal. */
  show(page: HTMLElement, place: Place, signal: AbortSignal): void | Promise<void>;
}

/** What may stand inside of an element; nothing at all is left out. */
export type Child = Node | string | number | null | undefined | false;
export type Children = Child | Children[];
