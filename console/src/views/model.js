/** One model: what it learned from, what was tried, how that did, what was chosen and why. */

import { get } from '../api.js';
import { barChart, intervalChart } from '../chart.js';
import { fill, h } from '../elements.js';
import { capital, count, duration, percent, plural } from '../format.js';
import { card, facts, heading, loading, pill, since } from '../parts.js';
import { recipeOf } from '../recipes.js';

/** @import {Estimate, Model, ModelReport, Quality} from '../../types.d.ts' */

/**
 * @param {HTMLElement} page
 * @param {string} name
 * @param {AbortSignal} signal
 */
export async function modelPage(page, name, signal) {
  fill(page, loading(4));
  const model = /** @type {Model} */ (await get('/api/v1/models/{name}', { name }, { signal }));
  const report = model.report ?? {};
  fill(page,
    heading(`Model ${name.slice(0, 12)}`, pill(model.outcome, model.in_force ? 'good' : 'plain')),
    h('div', { class: 'grid' },
      h('div', { class: 'column' }, about(model, report), chosen(report)),
      h('div', { class: 'column' }, families(report), contents(report)),
      everything(report)));
}

/**
 * @param {Model} model
 * @param {ModelReport} report
 */
function about(model, report) {
  const from = report.learned_from;
  const quality = report.quality;
  return card('How good it is',
    facts([
      ['For', model.entity_type],
      ['Learned from', from ? `${plural(from.pairs, 'pair')} of ${plural(from.users, 'user')} and ${plural(from.items, 'item')}` : ''],
      ['As of position', count(model.position)],
      ['Made', [since(model.ended_at), `, in ${duration((new Date(model.ended_at).getTime() - new Date(model.started_at).getTime()) / 1_000)}`]],
      ['Judged on', quality ? plural(quality.users, 'user') : ''],
      ...(quality ? measures(quality).map(({ label, estimate }) => /** @type {[string, string]} */ ([label, told(estimate)])) : []),
      ['Coverage', quality && from ? `${count(quality.coverage)} of ${plural(from.items, 'item')} in all lists together` : ''],
    ]),
    report.why ? h('p', { class: 'soft small' }, `Chosen: ${report.why}.`) : null);
}

/** @param {Quality} quality @returns {{label: string, estimate: Estimate}[]} */
function measures(quality) {
  return Object.entries(quality).flatMap(([name, value]) => {
    const [, measure = '', k = ''] = /^(\w+)_at_(\d+)$/.exec(name) ?? [];
    return measure && typeof value === 'object' ? [{ label: `${measure === 'ndcg' ? 'NDCG' : capital(measure)}@${k}`, estimate: value }] : [];
  });
}

/** @param {Estimate} one */
const told = (one) => `${one.value.toFixed(4)}  (${one.low.toFixed(4)} to ${one.high.toFixed(4)})`;

/** @param {ModelReport} report */
function chosen({ chosen: parts = [] }) {
  if (!parts.length) return null;
  const rows = [...parts].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).map((one) => {
    const recipe = recipeOf(one.recipe);
    return { name: h('span', { title: `${recipe.about}; ${recipe.settings}` }, recipe.name, recipe.settings.includes('newer') ? ', newer first' : ''), value: Math.abs(one.weight), text: one.weight.toFixed(3) };
  });
  return card('What it is blended from', barChart('Parts by weight', rows),
    h('p', { class: 'soft small' }, 'A part with a weight below zero is taken off.'));
}

/** The measure that trials are compared by. @param {Quality} quality */
const first = (quality) => measures(quality)[0];

/** @param {ModelReport} report */
function families({ tried = [], quality }) {
  /** @type {Map<string, typeof tried[number]>} */
  const best = new Map();
  for (const one of tried) {
    const { name } = recipeOf(one.recipe);
    const before = best.get(name);
    if (!before || (first(one.quality)?.estimate.value ?? 0) > (first(before.quality)?.estimate.value ?? 0)) best.set(name, one);
  }
  const rows = [...best].map(([name, one]) => rowOf(name, one.quality, false));
  if (quality) rows.unshift(rowOf('The blend', quality, true));
  if (!rows.length) return null;
  rows.sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const label = tried[0] ? (first(tried[0].quality)?.label ?? '') : '';
  return card(`The best of each kind, by ${label}`, intervalChart(`${label} of the best of each kind`, rows),
    h('p', { class: 'soft small' }, 'The bar holds the truth in 95 of 100 cases. What does little better alone can still add to the blend.'));
}

/**
 * @param {string} name
 * @param {Quality} quality
 * @param {boolean} isBest
 */
function rowOf(name, quality, isBest) {
  const estimate = first(quality)?.estimate ?? { value: 0, low: 0, high: 0 };
  return { name, value: estimate.value, interval: { low: estimate.low, high: estimate.high }, text: `${estimate.value.toFixed(4)}`, isBest };
}

/** @param {ModelReport} report */
function contents({ content }) {
  if (!content) return null;
  const rows = content.tried.map((one) => rowOf(`${percent(one.share, 0)} likeness`, one.quality, one.share === content.share));
  return card('How much likeness counts beside it', intervalChart('Quality by share of likeness', rows),
    h('p', { class: 'soft small' }, `${percent(content.share, 0)} was chosen: what items are like, beside what users did.`));
}

/** @param {ModelReport} report */
function everything({ tried = [] }) {
  if (!tried.length) return null;
  const rows = tried.map((one) => {
    const recipe = recipeOf(one.recipe);
    return rowOf([recipe.name, recipe.settings].filter(Boolean).join(': '), one.quality, false);
  }).sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const made = card('Everything tried', h('details', {}, h('summary', {}, `${plural(rows.length, 'trial')}, the best first`), intervalChart('All trials', rows)));
  made.classList.add('wide');
  return made;
}
