import type { ExportFormat, Id, ImportReport, Preset, RecordKind, Time } from '../types.js';
import type { CallOptions } from '../wire.js';
import { ExperimentCalls } from './experiments.js';

const hourMs = 3_600_000;

/** What a file is, where its names and bytes do not say it. */
export interface ImportOptions extends CallOptions {
  kind?: RecordKind;
  format?: 'csv' | 'ndjson';
  preset?: Preset;
  /** Which column a field is in: `{ user_id: 'visitor', entity_id: '#2' }`. */
  map?: Record<string, string>;
  /** What a field holds where the file says nothing. */
  fill?: Record<string, string>;
  delimiter?: string;
  header?: boolean;
  encoding?: string;
  fileName?: string;
  /** Says what would happen, and keeps nothing. */
  dryRun?: boolean;
}

/** What to export. */
export interface ExportOptions extends CallOptions {
  /** `json` unless told. */
  format?: ExportFormat;
  startDate?: Time;
  endDate?: Time;
}

/** Calls about files: data in and out in large. */
export class FileCalls extends ExperimentCalls {
  /**
   * Takes in a file of any length, CSV or NDJSON, plain or packed with gzip or zstd; one bad record fails alone. In Node
   * `await openAsBlob(path)` gives the file, in a browser an input element. The same `idempotencyKey` goes on where an
   * import was cut off.
   */
  importFile(file: Blob | Uint8Array<ArrayBuffer> | string, options: ImportOptions = {}): Promise<ImportReport> {
    const { map, fill, ...rest } = options;
    const filters = { map: assignments(map), fill: assignments(fill) };
    return this.json('importFile', { source: file, filters, options: { timeoutMs: hourMs, ...rest } });
  }

  /** All entities, streamed. */
  exportEntities(
    options: ExportOptions & { entityType?: string; lastModifiedAfter?: Time; includeVectors?: boolean } = {},
  ): Promise<ReadableStream<Uint8Array>> {
    return this.stream('exportEntities', { accept: '*/*', options });
  }

  /** All interactions in the order of the log, streamed. */
  exportInteractions(options: ExportOptions & { entityType?: string } = {}): Promise<ReadableStream<Uint8Array>> {
    return this.stream('exportInteractions', { accept: '*/*', options });
  }

  /** All users, streamed. */
  exportUsers(options: ExportOptions & { lastModifiedAfter?: Time } = {}): Promise<ReadableStream<Uint8Array>> {
    return this.stream('exportUsers', { accept: '*/*', options });
  }

  /** Everything that is kept about a user: a zip of NDJSON, streamed. */
  exportUser(userId: Id, options: CallOptions = {}): Promise<ReadableStream<Uint8Array>> {
    return this.stream('exportUser', { path: { user_id: userId }, accept: '*/*', options });
  }
}

function assignments(pairs: Record<string, string> | undefined): string | undefined {
  return (
    pairs &&
    Object.entries(pairs)
      .map(([name, value]) => `${name}=${value}`)
      .join(',')
  );
}
