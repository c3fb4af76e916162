/** Experiments: all of them, or what came of one. */

import { get } from '../api.js';
import { fill, h } from '../elements.js';
import { words } from '../format.js';
import { card, copyable, empty, heading, loading, pill, since, table } from '../parts.js';
import { link } from '../router.js';
import { experimentPage } from './experiment.js';

/** @import {Experiment, Place, View} from '../../types.d.ts' */

/** @type {View} */
export const experiments = { title: 'Experiments', show };

/**
 * @param {HTMLElement} page
 * @param {Place} place
 * @param {AbortSignal} signal
 */
async function show(page, place, signal) {
  const [name] = place.rest;
  if (name) return experimentPage(page, name, signal);
  fill(page, heading('Experiments'), loading(3));
  const found = /** @type {{experiments: Experiment[]}} */ (await get('/api/v1/experiments', {}, { signal }));
  fill(page, heading('Experiments'), found.experiments.length ? list(found.experiments) : none());
}

/** @param {Experiment[]} all */
function list(all) {
  const rows = [...all].reverse().map((one) => [
    h('a', { href: link(['experiments', one.name]), dir: 'auto' }, one.name),
    state(one.state),
    one.variants.map((variant) => `${variant.name} ${variant.weight} %`).join(', '),
    one.targetMetrics.map(words).join(', '),
    one.startedAt ? since(one.startedAt) : '–',
  ]);
  return card('Newest first', table('Experiments', ['Name', 'State', 'Variants', 'Decided by', 'Started'], rows));
}

/** @param {string} name */
export const state = (name) => pill(name, name === 'running' ? 'busy' : name === 'concluded' ? 'good' : 'plain');

function none() {
  const body = { name: 'more-variety', variants: [{ name: 'control', weight: 50 }, { name: 'varied', weight: 50, config: { diversity: 0.4 } }], targetMetrics: ['purchase'], minimumSampleSize: 1000, start: true };
  return empty('No experiment yet', 'An experiment gives its variants’ users other lists and counts what comes of it. This one asks whether variety sells:',
    copyable(`curl -X POST '${location.origin}/api/v1/experiments' -H 'Content-Type: application/json' -H "X-API-Key: $API_KEY" -d '${JSON.stringify(body)}'`, 'a first experiment'));
}
