import { ApiError, KindredError, QueueFull, RateLimited, ServerError } from './errors.js';
import type { BulkReport, NewInteraction } from './types.js';
import { randomId } from './wire.js';

/** An interaction that the server refused, and why. It is not sent again. */
export interface Rejection {
  interaction: NewInteraction;
  reason: string;
}

/** How a queue is made. */
export interface QueueOptions {
  /** How many are sent at once, and as soon as there are that many: 500 unless told. */
  batchSize?: number;
  /** Milliseconds until fewer are sent: 1000 unless told. */
  intervalMs?: number;
  /** How many may wait: 10 000 unless told. `QueueFull` beyond it. */
  capacity?: number;
  /** Told of each interaction that the server refuses. */
  onRejected?: (rejection: Rejection) => void;
  /** Told when sending in the background failed; what could not be sent waits on. */
  onFailure?: (error: unknown) => void;
}

/** What a queue sends with. */
export interface Importer {
  importInteractions(interactions: NewInteraction[], options: { keepalive?: boolean }): Promise<BulkReport>;
}

/**
 * Collects interactions and sends many at once. Each gets its time and an `eventId` when it is added, so that one that
 * is sent twice is stored once. In a browser, what waits is sent when the page is hidden.
 */
export class InteractionQueue {
  readonly #importer: Importer;
  readonly #options: Required<QueueOptions>;
  readonly #waiting: NewInteraction[] = [];
  #underWay = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> = Promise.resolve();
  #closed = false;
  readonly #whenHidden = (): void => {
    if (document.visibilityState === 'hidden') this.#flushInBackground();
  };

  constructor(importer: Importer, options: QueueOptions = {}) {
    this.#importer = importer;
    this.#options = {
      batchSize: options.batchSize ?? 500,
      intervalMs: options.intervalMs ?? 1_000,
      capacity: options.capacity ?? 10_000,
      onRejected:
        options.onRejected ?? (({ reason }) => console.warn(`kindred: an interaction was refused: ${reason}`)),
      onFailure: options.onFailure ?? ((error) => console.warn('kindred: interactions wait on', error)),
    };
    const { batchSize, capacity } = this.#options;
    if (!(batchSize >= 1 && batchSize <= capacity)) {
      throw new KindredError(`batchSize must be between 1 and the capacity of ${capacity}, got ${batchSize}`);
    }
    if (typeof document !== 'undefined') document.addEventListener('visibilitychange', this.#whenHidden);
  }

  /** How many interactions are not yet with the server. */
  get size(): number {
    return this.#waiting.length + this.#underWay;
  }

  /** Adds an interaction and returns at once. */
  record(interaction: NewInteraction): void {
    if (this.#closed) throw new KindredError('the queue is closed');
    if (this.size >= this.#options.capacity) {
      throw new QueueFull(
        `${this.#options.capacity} interactions are waiting already. Is the server reachable? ` +
          'flush() waits for room, a larger capacity makes it',
      );
    }
    this.#waiting.push({ eventId: randomId(), timestamp: new Date(), ...interaction });
    if (this.#waiting.length === this.#options.batchSize) this.#flushInBackground();
    else this.#timer ??= this.#wakeLater();
  }

  /** Sends all that waits. If that fails, it rejects, and what was not sent goes on waiting. */
  flush(): Promise<void> {
    const flushed = this.#sending.then(() => this.#sendAll());
    this.#sending = flushed.catch(() => undefined);
    return flushed;
  }

  /** Sends what waits; the queue takes nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    if (typeof document !== 'undefined') document.removeEventListener('visibilitychange', this.#whenHidden);
    await this.flush();
  }

  #wakeLater(): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => this.#flushInBackground(), this.#options.intervalMs);
    return timer;
  }

  #flushInBackground(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.flush().catch((error: unknown) => {
      this.#options.onFailure(error);
      if (!this.#closed && this.#waiting.length > 0) this.#timer ??= this.#wakeLater();
    });
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#options.batchSize);
      this.#underWay = batch.length;
      try {
        const report = await this.#importer.importInteractions(batch, { keepalive: isHidden() });
        this.#tellRejected(batch, report);
      } catch (error) {
        this.#keepOrReject(batch, error);
        throw error;
      } finally {
        this.#underWay = 0;
      }
    }
  }

  #tellRejected(batch: NewInteraction[], report: BulkReport): void {
    for (const { index, error } of report.errors) {
      const interaction = batch[index];
      if (interaction) this.#options.onRejected({ interaction, reason: error });
    }
  }

  /** What another try may help waits on, at the front; what the server refuses as a whole is rejected. */
  #keepOrReject(batch: NewInteraction[], error: unknown): void {
    if (!(error instanceof ApiError) || error instanceof RateLimited || error instanceof ServerError) {
      this.#waiting.unshift(...batch);
      return;
    }
    for (const interaction of batch) this.#options.onRejected({ interaction, reason: error.message });
  }
}

function isHidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden';
}
