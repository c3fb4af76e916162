/** What came of one experiment: who came, what they did, whether it can be trusted, what it means. */

import { get } from '../api.js';
import { intervalChart } from '../chart.js';
import { fill, h } from '../elements.js';
import { capital, count, date, percent, plural, words } from '../format.js';
import { card, empty, facts, heading, loading, table } from '../parts.js';
import { state } from './experiments.js';

/** @import {Comparison, Experiment, ExperimentResults, MetricResult} from '../../types.d.ts' */

const SURE = 0.05;

/**
 * @param {HTMLElement} page
 * @param {string} name
 * @param {AbortSignal} signal
 */
export async function experimentPage(page, name, signal) {
  fill(page, loading(4));
  const [design, results] = await Promise.all([
    /** @type {Promise<Experiment>} */ (get('/api/v1/experiments/{name}', { name }, { signal })),
    /** @type {Promise<ExperimentResults>} */ (get('/api/v1/experiments/{name}/results', { name }, { signal })),
  ]);
  fill(page,
    heading(name, state(design.state), design.description ? h('p', { class: 'lead', dir: 'auto' }, design.description) : null),
    verdict(design, results),
    h('div', { class: 'grid' },
      h('div', { class: 'column' }, about(design, results), sample(results)),
      h('div', { class: 'column' }, ...(results.users ? results.metrics.map(metric) : [card('Results', empty('Nobody has come yet', 'Users come by their first list, or by POST …/assign.'))]))));
}

/**
 * @param {Experiment} design
 * @param {ExperimentResults} results
 */
function verdict(design, results) {
  const winner = design.winner ?? results.winner;
  const text = results.sampleRatio.mismatch
    ? 'These figures cannot be trusted: not as many users came to each variant as its weight says.'
    : winner ? `“${winner}” has won.` : 'There is no winner yet.';
  return h('div', { class: results.sampleRatio.mismatch ? 'verdict bad' : winner ? 'verdict good' : 'verdict' },
    h('p', {}, h('strong', {}, text)), h('p', {}, `${capital(results.why)}${results.why.endsWith('.') ? '' : '.'}`));
}

/**
 * @param {Experiment} design
 * @param {ExperimentResults} results
 */
function about(design, results) {
  const variants = design.variants.map((one) => [one.name, `${one.weight} %`, one.holdout ? `held out: ${one.holdout}` : h('code', {}, JSON.stringify(one.config ?? {}))]);
  return card('Design',
    facts([
      ['Users', count(results.users)],
      ['Started', design.startedAt ? date(design.startedAt) : 'not yet'],
      ['Stopped', design.stoppedAt ? date(design.stoppedAt) : ''],
      ['Assigned by', design.assignedBy],
      ['At least', `${plural(design.minimumSampleSize, 'user')} a variant: ${results.minimumSampleReached ? 'reached' : 'not reached yet'}`],
      ['Version', count(design.version)],
    ]),
    h('h3', {}, 'Variants'), table('Variants', ['Name', '#Weight', 'What it changes'], variants));
}

/** @param {ExperimentResults} results */
function sample({ sampleRatio: it, metrics }) {
  const variants = metrics[0]?.variants ?? [];
  return card('Who came',
    facts(variants.map((one) => [one.variant, plural(one.users, 'user')])),
    h('p', { class: 'soft small' }, it.mismatch
      ? `So uneven a split comes by chance in less than ${percent(Math.max(it.alwaysValidPValue, 0.0001), 2)} of experiments: users got lost, or were counted twice.`
      : `The split is as it was meant to be (p = ${it.pValue.toFixed(3)}).`));
}

/** @param {MetricResult} result */
function metric(result) {
  const rates = result.variants.map((one) => ({ name: one.control && one.variant !== 'control' ? `${one.variant} (control)` : one.variant, value: one.rate, interval: one.rateInterval, text: `${percent(one.rate, 2)}, ${count(one.converted)} of ${count(one.users)}`, isBest: false }));
  const lifts = [...result.comparisons, ...result.incremental].filter((one) => one.rate.lift !== null).map((one) => ({
    name: `${one.variants.join(' + ')} against ${one.against}`, value: one.rate.lift, interval: one.rate.liftInterval, text: signed(one.rate.lift ?? 0), isBest: one.rate.alwaysValidPValue < SURE,
  }));
  return card(capital(words(result.metric)),
    h('h3', {}, 'Users who did it'), intervalChart(`Rate of ${result.metric} by variant`, rates),
    lifts.length ? [h('h3', {}, 'Lift'), intervalChart(`Lift of ${result.metric}`, lifts, { zero: true })] : null,
    result.comparisons.map((one) => h('p', { class: 'small' }, inWords(one))));
}

/** @param {Comparison} one */
function inWords(one) {
  const { lift, alwaysValidPValue: p, power } = one.rate;
  const who = `${one.variants.join(' + ')} against ${one.against}`;
  if (lift === null) return `${who}: nothing to compare yet.`;
  if (p < SURE) return `${who}: ${signed(lift)}, and sure enough to stop today (p = ${p.toFixed(4)} at any number of looks).`;
  const needed = one.usersNeeded === null ? '' : ` To find such a difference it takes about ${plural(one.usersNeeded, 'user')} a variant${one.daysNeeded ? `, ${plural(Math.ceil(one.daysNeeded), 'more day')}` : ''}.`;
  return `${who}: ${signed(lift)}, which may still be chance (p = ${p.toFixed(3)} at any number of looks, power ${percent(power, 0)}).${needed}`;
}

/** @param {number} lift */
const signed = (lift) => `${lift >= 0 ? '+' : '−'}${percent(Math.abs(lift))}`;
