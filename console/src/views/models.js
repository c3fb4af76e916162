/** Models: which are in force, which were tried, and making them anew. */

import { call, get } from '../api.js';
import { fill, h } from '../elements.js';
import { capital, count, duration, percent, words } from '../format.js';
import { button, card, empty, heading, loading, pill, problem, say, since, table } from '../parts.js';
import { link } from '../router.js';
import { modelPage } from './model.js';

/** @import {Answer, Job, Models, Place, View} from '../../types.d.ts' */

const ASK_AGAIN_MS = 700;

/** @type {View} */
export const models = { title: 'Models', show };

/**
 * @param {HTMLElement} page
 * @param {Place} place
 * @param {AbortSignal} signal
 */
async function show(page, place, signal) {
  const [name] = place.rest;
  if (name) return modelPage(page, name, signal);
  const list = h('div', {}, loading(3));
  const progress = h('div', { class: 'progress-place', 'aria-live': 'polite' });
  const rebuild = button('Rebuild now', () => void run(), { class: 'main' });
  fill(page, heading('Models', h('p', { class: 'lead' }, 'They are made anew by themselves; what came since the last one counts anyway.'), rebuild), progress, list);
  await read();

  async function read() {
    const all = /** @type {Models} */ (await get('/api/v1/models', {}, { signal }));
    fill(list, content(all));
  }
  async function run() {
    rebuild.disabled = true;
    try {
      await rebuilt(progress, signal);
      await read();
    } catch (error) {
      if (!signal.aborted) fill(progress, problem(error));
    } finally {
      rebuild.disabled = false;
    }
  }
}

/**
 * Has the models made anew and tells how far it is.
 * @param {HTMLElement} place
 * @param {AbortSignal} signal
 */
async function rebuilt(place, signal) {
  const began = Date.now();
  let job = /** @type {Answer<Job>} */ (await call('POST', '/api/v1/admin/rebuild', {}, { signal })).data;
  const bar = h('progress', { 'aria-label': 'Rebuilding' });
  const text = h('span', {});
  fill(place, h('div', { class: 'card progress' }, bar, text));
  while (!job.finished_at) {
    if (job.progress) bar.value = job.progress;
    text.textContent = `${capital(words(job.status))}, ${duration((Date.now() - began) / 1_000)}`;
    await new Promise((done) => setTimeout(done, ASK_AGAIN_MS));
    job = await get('/api/v1/jobs/{job_id}', { job_id: job.job_id }, { signal });
  }
  const trouble = job.errors.map((one) => one.error ?? one.message).filter(Boolean).join('; ');
  const told = `Rebuilding is ${words(job.status)} after ${duration((Date.now() - began) / 1_000)}. ${trouble}`;
  fill(place, h('div', { class: 'card progress' }, pill(words(job.status), job.status === 'completed' ? 'good' : 'bad'), told));
  say(told);
}

/** @param {Models} all */
function content({ models: found, shown }) {
  if (!found.length) {
    return empty('No model yet', 'There is one as soon as there is enough to learn from: some users who did several things. “Rebuild now” tries at once. Until then lists are made from counts and contents.');
  }
  const rows = found.map((one) => [
    one.name ? h('a', { href: link(['models', one.name]) }, h('code', {}, one.name.slice(0, 12))) : h('span', { class: 'soft' }, 'none'),
    one.entity_type,
    pill(one.outcome, one.in_force ? 'good' : 'plain'),
    since(one.ended_at),
    duration((new Date(one.ended_at).getTime() - new Date(one.started_at).getTime()) / 1_000),
    count(one.position),
  ]);
  const lists = shown.map((one) => [capital(words(one.algorithm)), count(one.lists), count(one.followed), percent(one.share)]);
  return h('div', {},
    card('Newest first', table('Models', ['Name', 'For', 'Outcome', 'Made', '#Took', '#As of position'], rows)),
    lists.length ? card('Lists that were shown', table('Lists by algorithm', ['Algorithm', '#Shown', '#Followed', '#Share'], lists)) : null);
}
