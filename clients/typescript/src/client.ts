import { ShopCalls } from './calls/shop.js';
import { InteractionQueue, type QueueOptions } from './queue.js';

/** Talks to a Kindred server. Make one and keep it. */
export class Kindred extends ShopCalls {
  /** A queue that sends interactions in the background, many at once. */
  interactionQueue(options: QueueOptions = {}): InteractionQueue {
    return new InteractionQueue(this, options);
  }
}
