/** Data in and out in large. */

export type RecordKind = 'interactions' | 'entities' | 'users';
export type ExportFormat = 'json' | 'csv' | 'ndjson';
export type Preset = 'movielens' | 'gorse' | 'ecommerce' | 'recombee';

/** A record that was refused, and where it stands. */
export interface RejectedRecord {
  line: number;
  error: string;
}

/** What became of the records of a file. */
export interface ImportReport {
  dryRun: boolean;
  status: 'completed' | 'partially_completed' | 'failed';
  kind: RecordKind;
  format: 'csv' | 'ndjson';
  /** What each column was taken for. */
  mapping: string[];
  totalRecords: number;
  processed: number;
  successful: number;
  failed: number;
  stored: number;
  errors: RejectedRecord[];
  jobId?: string;
  duplicates?: number;
  /** Records that an earlier run of the same import had kept. */
  repeated?: number;
  warnings?: string[];
  position?: number;
}
