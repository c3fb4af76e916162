import { FileCalls } from './calls/files.js';
import { InteractionQueue, type QueueOptions } from './queue.js';

/** Talks to a Kindred server. Make one and keep it. */
export class Kindred extends FileCalls {
  /** A queue that sends interactions in the background, many at once. */
  interactionQueue(options: QueueOptions = {}): InteractionQueue {
    return new InteractionQueue(this, options);
  }
}
