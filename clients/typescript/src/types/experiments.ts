/** Experiments: which variant serves users better. Names are as on the wire. */
import type { Id, Time } from '../types.js';

/** An experiment: draft, running, stopped or concluded. */
export interface Experiment {
  name: string;
  description: string | null;
  state: 'draft' | 'running' | 'stopped' | 'concluded';
  version: number;
  variants: Variant[];
  targetMetrics: string[];
  minimumSampleSize: number;
  attributionWindowHours: number;
  assignedBy: 'kindred' | 'client';
  startDate: string;
  endDate: string | null;
  winner: string | null;
  createdAt: string;
  updatedAt: string;
  startedAt?: string;
  stoppedAt?: string;
  tenantId: string;
  position?: number;
  warnings?: string[];
}

/** An arm of an experiment. */
export interface Variant {
  name: string;
  /** Its share of the users in percent; those of all variants sum to 100. */
  weight: number;
  config?: Record<string, unknown>;
  /** What its users get who are to go without recommendations. */
  holdout?: 'nothing' | 'popular';
}

/** What became of a conversion, and why if it was not counted. */
export interface Conversion {
  experiment: string;
  /** 1 to 255 characters, no control characters. */
  userId: string;
  variant: string;
  metricName: string;
  counted: boolean;
  reason?: string;
  position?: number;
}

/** What an experiment has shown so far. */
export interface ExperimentResults {
  experiment: string;
  state: 'draft' | 'running' | 'stopped' | 'concluded';
  version: number;
  startDate: string;
  endDate: string;
  users: number;
  confidence: number;
  /** Whether as many users came to each variant as its weight says. */
  sampleRatio: SampleRatio;
  metrics: MetricResults[];
  minimumSampleReached: boolean;
  winner: string | null;
  why: string;
}

/** Whether as many users came to each variant as its weight says. */
export interface SampleRatio {
  /** Users got lost or were counted twice; nothing here can be trusted. */
  mismatch: boolean;
  pValue: number;
  alwaysValidPValue: number;
}

/** What came of one metric. */
export interface MetricResults {
  metric: string;
  variants: MetricVariant[];
  /** Each variant with the control. */
  comparisons: Comparison[];
  /** All variants that are no holdouts, together, with each holdout. */
  incremental: Comparison[];
}

/** What came of one metric in one variant. */
export interface MetricVariant {
  variant: string;
  control: boolean;
  holdout?: 'nothing' | 'popular';
  users: number;
  /** Users who did it at all. */
  converted: number;
  conversions: number;
  rate: number;
  /** An end is null where it is not known. */
  rateInterval: Interval;
  value: number;
  /** A user; 0 for those who did not convert. */
  valueMean: number;
  /** An end is null where it is not known. */
  valueMeanInterval: Interval;
}

/** An interval; an end is null where it is not known. */
export interface Interval {
  low: number | null;
  high: number | null;
}

/** A variant, or several, compared with another. */
export interface Comparison {
  variants: string[];
  against: string;
  rate: Difference;
  value: Difference;
  cuped: Difference;
  /** In each variant, to find such a difference of rates with power 0.8. */
  usersNeeded: number | null;
  /** Until as many have come. */
  daysNeeded: number | null;
}

/** How much two differ, and how sure that is. */
export interface Difference {
  difference: number | null;
  /** An end is null where it is not known. */
  differenceInterval: Interval;
  lift: number | null;
  /** An end is null where it is not known. */
  liftInterval: Interval;
  test: 'z' | 'fisher' | 'welch';
  /** For one look at a size that was planned before. */
  pValue: number;
  /** May be looked at any day. */
  alwaysValidPValue: number;
  /** An end is null where it is not known. */
  alwaysValidInterval: Interval;
  power: number;
}

/** An experiment to be made: at least two variants whose weights sum to 100. */
export interface NewExperiment {
  name: string;
  description?: string;
  variants: Variant[];
  /** What is measured; the first decides who wins. */
  targetMetrics: string[];
  /** Users that each variant must have before one can win. */
  minimumSampleSize?: number;
  /** RFC 3339 with zone, or seconds or milliseconds since 1970. */
  startDate?: Time;
  /** RFC 3339 with zone, or seconds or milliseconds since 1970. */
  endDate?: Time;
  /** For how long after a user's first exposure conversions count. */
  attributionWindowHours?: number;
  /** Who decides which variant a user gets; a client that does says it with each exposure. */
  assignedBy?: 'kindred' | 'client';
  start?: boolean;
}

/** Experiments, or versions of one. */
export interface Experiments {
  experiments: Experiment[];
  total: number;
}

/** Which variant won. */
export interface Conclusion {
  variant: string;
  /** Whether the variant's config becomes the tenant's own settings. */
  makeDefault?: boolean;
}

/** Which variant a user gets, and its settings. */
export interface Assignment {
  experiment: string;
  /** 1 to 255 characters, no control characters. */
  userId: string;
  variant: string;
  config: Record<string, unknown>;
  /** Whether this was the user's first time. */
  exposed: boolean;
  exposedAt?: string;
  concluded?: boolean;
  position?: number;
}

/** See the schema AssignUser in the API's description. */
export interface AssignUser {
  /** A text, or a number that is kept as its decimal text. */
  userId: Id;
  /** What the client has assigned, where clients assign. */
  variant?: string;
}

/** That a user did what is measured. */
export interface NewConversion {
  /** A text, or a number that is kept as its decimal text. */
  userId: Id;
  metricName: string;
  value?: number;
  /** RFC 3339 with zone, or seconds or milliseconds since 1970. */
  timestamp?: Time;
}

/** Who came to a variant and who converted. */
export interface VariantCount {
  variant: string;
  conversions: number;
  /** Users who came. */
  views: number;
}

/** Experiments with sensible defaults, to begin with. */
export interface ExperimentPresets {
  presets: Experiment[];
}

/** What is to be otherwise than the preset has it. */
export interface FromPreset {
  name?: string;
  start?: boolean;
}

/** That somebody saw a variant, or converted. */
export interface AbEvent {
  experiment: string;
  userId: Id;
  event: 'view' | 'conversion';
  variant?: string;
  metric?: string;
  value?: number;
  timestamp?: Time;
}

/** An event that was refused. */
export interface AbEventError {
  index: number;
  code: string;
  message: string;
}

/** What became of events. */
export interface AbEventReport {
  success: boolean;
  accepted: number;
  rejected: number;
  errors: AbEventError[];
}
