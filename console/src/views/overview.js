/** How it is going: health, what happens, what is looked at, which models answer, what is being worked on. */

import { get } from '../api.js';
import { barChart, courseChart } from '../chart.js';
import { fill, h } from '../elements.js';
import { capital, clock, compact, count, day, duration, percent, words } from '../format.js';
import { entityLink, remember } from '../items.js';
import { button, card, empty, facts, heading, loading, pill, problem, renew, since } from '../parts.js';
import { whileVisible } from '../poll.js';
import { link } from '../router.js';
import { firstSteps } from './recommend-start.js';

/** @import {AnalyticsHealth, Children, Health, Job, Model, ModelReport, Models, Overview, Place, View} from '../../types.d.ts' */

const SECONDS = 5;
/** The list of metrics is long, so it is asked for less often. */
const METRICS_EVERY = 4;
const KINDS = 6;
const TOP = 10;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** @type {{name: string, hours: number, bucket: string}[]} */
const SPANS = [
  { name: '24 hours', hours: 24, bucket: 'hour' },
  { name: '7 days', hours: 7 * 24, bucket: 'day' },
  { name: '30 days', hours: 30 * 24, bucket: 'day' },
];

/**
 * @typedef {object} State
 * @property {Health} health
 * @property {Overview} overview
 * @property {AnalyticsHealth} kept
 * @property {Models} models
 * @property {ModelReport} learned the report on the model in force
 * @property {Job[]} jobs
 */

/** @type {View} */
export const overview = { title: 'Overview', show };

/**
 * @param {HTMLElement} page
 * @param {Place} _place
 * @param {AbortSignal} signal
 */
async function show(page, _place, signal) {
  let span = /** @type {typeof SPANS[number]} */ (SPANS[1]);
  const body = h('div', {}, loading(4));
  const state = h('div', { class: 'state' });
  const choice = h('div', { class: 'switch', role: 'group', 'aria-label': 'How far back' });
  fill(page, heading('Overview', state, choice), body);
  /** @type {Record<string, number>} */
  let gauges = {};
  let round = 0;
  let last = '';

  const ask = async () => {
    try {
      if (round++ % METRICS_EVERY === 0) gauges = await metrics(signal);
      const now = await read(span, signal);
      if (signal.aborted) return;
      fill(state, stateOf(now.health));
      // What has not changed is not drawn again: whoever points or reads there is left in peace.
      const seen = JSON.stringify([now.overview, now.kept, now.models, now.jobs, gauges['log_position'], now.health.components, Math.floor(Date.now() / MINUTE)]);
      if (seen !== last) renew(body, content(now, span, gauges, signal));
      last = seen;
    } catch (error) {
      if (!signal.aborted) {
        fill(state, pill('no answer', 'bad'));
        fill(body, problem(error));
        last = '';
      }
    }
  };
  const choose = () => fill(choice, SPANS.map((one) =>
    button(one.name, () => {
      span = one;
      choose();
      void ask();
    }, { 'aria-pressed': String(one === span) })));
  choose();
  whileVisible(ask, SECONDS, signal);
}

/**
 * @param {typeof SPANS[number]} span
 * @param {AbortSignal} signal
 * @returns {Promise<State>}
 */
async function read(span, signal) {
  const from = new Date(Math.ceil(Date.now() / HOUR) * HOUR - span.hours * HOUR).toISOString();
  const [health, overview, kept, models, { jobs }] = await Promise.all([
    /** @type {Promise<Health>} */ (get('/health', {}, { signal })),
    /** @type {Promise<Overview>} */ (get('/api/v1/analytics/overview', {}, { query: { from, bucket: span.bucket }, signal })),
    /** @type {Promise<AnalyticsHealth>} */ (get('/api/v1/analytics/health', {}, { signal })),
    /** @type {Promise<Models>} */ (get('/api/v1/models', {}, { signal })),
    /** @type {Promise<{jobs: Job[]}>} */ (get('/api/v1/jobs', {}, { query: { limit: 20 }, signal })),
  ]);
  return { health, overview, kept, models, learned: await reportOf(models, signal), jobs };
}

/** The report that was read last, with the name of its model. */
let known = { name: '', report: /** @type {ModelReport} */ ({}) };

/**
 * @param {Models} all
 * @param {AbortSignal} signal
 */
async function reportOf(all, signal) {
  const name = all.models.find((one) => one.in_force)?.name ?? '';
  if (name && name !== known.name) {
    const model = /** @type {Model} */ (await get('/api/v1/models/{name}', { name }, { signal }));
    known = { name, report: model.report ?? {} };
  }
  return name ? known.report : {};
}

/**
 * The numbers of the metrics that stand for themselves; none where they are closed.
 * @param {AbortSignal} signal
 * @returns {Promise<Record<string, number>>}
 */
async function metrics(signal) {
  try {
    const response = await fetch('/metrics', { signal, cache: 'no-store' });
    if (!response.ok) return {};
    const lines = (await response.text()).matchAll(/^([a-z_]+) ([-+0-9.eE]+)$/gm);
    return Object.fromEntries([...lines].map(([, name, value]) => [name, Number(value)]));
  } catch {
    return {};
  }
}

/** @param {Health} health */
function stateOf(health) {
  return [
    pill(capital(health.status), health.status === 'healthy' ? 'good' : 'bad'),
    h('span', { class: 'soft' }, ` version ${health.version}, up ${duration(health.uptime_seconds)}`),
  ];
}

/**
 * @param {State} state
 * @param {typeof SPANS[number]} span
 * @param {Record<string, number>} gauges
 * @param {AbortSignal} signal
 */
function content(state, span, gauges, signal) {
  const { overview, kept, health } = state;
  if (!kept.recordCount && !overview.topContent.length) return h('div', {}, firstSteps(signal), partsOf(health));
  remember(overview.topContent.map((one) => ({ entity_id: one.contentId, attributes: { name: one.title ?? one.contentId } })));
  return h('div', { class: 'grid' },
    tiles(state, span, gauges),
    events(overview, span),
    h('div', { class: 'column' }, people(overview, span), models(state.models), partsOf(health)),
    h('div', { class: 'column' }, top(overview, span), work(state.jobs)));
}

/**
 * @param {State} state
 * @param {typeof SPANS[number]} span
 * @param {Record<string, number>} gauges
 */
function tiles({ overview, kept, models, learned }, span, gauges) {
  const inForce = models.models.find((one) => one.in_force);
  const { shown, acted, clickThroughRate, coverage } = overview.recommendations;
  const lag = gauges['log_lag'];
  return h('dl', { class: 'tiles wide' },
    one('Events kept', compact(kept.recordCount), kept.lastActivity ? ['the last ', since(kept.lastActivity)] : 'none yet'),
    one('Active users', compact(overview.activeUsers), `in ${span.name}`),
    one('Click-through', shown ? percent(clickThroughRate) : '–', shown ? `${count(acted)} of ${count(shown)}, ${percent(coverage, 0)} of all items` : 'once impressions name a recommendation_id'),
    gauges['log_position'] === undefined ? null
      : one('Log position', compact(gauges['log_position']), lag ? `${count(lag)} behind` : 'all of it is known here'),
    learned.learned_from ? one('Learned from', compact(learned.learned_from.pairs), `pairs of ${count(learned.learned_from.users)} users and ${count(learned.learned_from.items)} items`) : null,
    one('Model', inForce ? duration((Date.now() - new Date(inForce.ended_at).getTime()) / 1_000) : '–', inForce ? 'old; what came since counts too' : 'none yet'));
}

/**
 * @param {string} name
 * @param {string} value
 * @param {Children} more
 */
const one = (name, value, more) =>
  h('div', { class: 'tile-card' }, h('dt', {}, name), h('dd', { class: 'big' }, value), h('dd', { class: 'soft small' }, more));

/**
 * @param {Overview} overview
 * @param {typeof SPANS[number]} span
 */
function events(overview, span) {
  /** @type {Record<string, number>} */
  const sums = {};
  for (const bucket of overview.series) for (const [type, number] of Object.entries(bucket.events)) sums[type] = (sums[type] ?? 0) + number;
  const types = Object.entries(sums).sort((a, b) => b[1] - a[1]).map(([type]) => type);
  const first = types.slice(0, types.length > KINDS ? KINDS - 1 : KINDS);
  const rest = types.slice(first.length);
  const buckets = overview.series.map((bucket) => {
    const values = Object.fromEntries(first.map((type) => [words(type), bucket.events[type] ?? 0]));
    if (rest.length) values['others'] = rest.reduce((sum, type) => sum + (bucket.events[type] ?? 0), 0);
    return { name: timeOf(bucket.start, span), values };
  });
  const kinds = [...first.map(words), ...(rest.length ? ['others'] : [])];
  const made = card('What happens', courseChart({ label: 'Events by type', kinds, buckets, shape: 'columns' }));
  made.classList.add('wide');
  return made;
}

/**
 * @param {Overview} overview
 * @param {typeof SPANS[number]} span
 */
function people(overview, span) {
  const buckets = overview.series.map((one) => ({ name: timeOf(one.start, span), values: { 'active users': one.activeUsers } }));
  return card('Who is there', courseChart({ label: 'Active users', kinds: ['active users'], buckets, shape: 'line' }));
}

/**
 * @param {string} start
 * @param {typeof SPANS[number]} span
 */
const timeOf = (start, span) => (span.bucket === 'hour' ? clock(start) : day(start));

/**
 * @param {Overview} overview
 * @param {typeof SPANS[number]} span
 */
function top({ topContent }, span) {
  if (!topContent.length) return card('Most looked at', empty('Nothing happened', `in the last ${span.name}.`));
  return card('Most looked at', barChart('Entities by events', topContent.slice(0, TOP).map((one) => ({
    name: entityLink(one.contentId, one.mediaType),
    value: one.events,
    text: count(one.events),
  }))));
}

/** @param {Models} found */
function models({ models: all, shown }) {
  const inForce = all.filter((one) => one.in_force);
  const rows = inForce.map((one) => h('li', {},
    h('a', { href: link(['models', one.name]) }, h('code', {}, one.name.slice(0, 10))), ' for ', h('strong', {}, one.entity_type),
    h('span', { class: 'soft small' }, ' learned ', since(one.ended_at), `, as of position ${count(one.position)}`)));
  const lists = shown.map((one) => /** @type {[string, string]} */ ([words(one.algorithm), `${count(one.followed)} of ${count(one.lists)} lists, ${percent(one.share)}`]));
  return card('Models in force',
    rows.length ? h('ul', { class: 'plain' }, rows) : empty('None yet', 'Lists are made from counts and contents until there is enough to learn from.'),
    lists.length ? [h('h3', {}, 'Lists that were followed'), facts(lists)] : null);
}

/** @param {Job[]} jobs */
function work(jobs) {
  const underWay = jobs.filter((job) => !job.finished_at);
  const failed = jobs.filter((job) => job.status === 'failed');
  const rows = [...underWay, ...failed].map((job) => h('li', {},
    pill(words(job.status), job.status === 'failed' ? 'bad' : 'busy'), ' ', words(job.kind.replaceAll('.', ' ')),
    job.progress ? ` ${percent(job.progress, 0)}` : '', h('span', { class: 'soft small' }, ' ', since(job.started_at ?? job.created_at))));
  return card('Under way', rows.length ? h('ul', { class: 'plain' }, rows) : h('p', { class: 'soft' }, 'Nothing: no job is running, and none of the newest has failed.'),
    h('p', { class: 'small' }, h('a', { href: link(['jobs']) }, 'All jobs')));
}

/** @param {Health} health */
function partsOf(health) {
  const parts = Object.entries(health.components).map(([name, { status, detail }]) =>
    /** @type {[string, Children]} */ ([capital(name), [pill(status, status === 'healthy' ? 'good' : 'bad'), detail ? ` ${detail}` : '']]));
  return card('Parts', facts(parts));
}
