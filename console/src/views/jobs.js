/** Jobs: what goes on and what came of the newest. Only to look at. */

import { get } from '../api.js';
import { fill, h } from '../elements.js';
import { count, duration, percent, words } from '../format.js';
import { card, empty, heading, loading, pill, problem, since, table } from '../parts.js';
import { whileVisible } from '../poll.js';

/** @import {Job, Place, View} from '../../types.d.ts' */

const SECONDS = 5;
const SHOWN = 100;

/** @type {View} */
export const jobs = { title: 'Jobs', show };

/**
 * @param {HTMLElement} page
 * @param {Place} _place
 * @param {AbortSignal} signal
 */
function show(page, _place, signal) {
  const list = h('div', {}, loading(3));
  let last = '';
  fill(page, heading('Jobs', h('p', { class: 'lead' }, 'What goes on after an answer.')), list);
  whileVisible(async () => {
    try {
      const { jobs: all } = /** @type {{jobs: Job[]}} */ (await get('/api/v1/jobs', {}, { query: { limit: SHOWN }, signal }));
      const now = JSON.stringify(all);
      if (!signal.aborted && now !== last) fill(list, content(all));
      last = now;
    } catch (error) {
      if (!signal.aborted) fill(list, problem(error));
      last = '';
    }
  }, SECONDS, signal);
}

/** @param {Job[]} all */
function content(all) {
  if (!all.length) return empty('No job yet', 'Imports with “Prefer: respond-async”, rebuilds and what is done on schedule stand here.');
  return card('Newest first', table('Jobs', ['Kind', 'State', 'Begun', '#Took', '#Records', 'Trouble'], all.map(row)));
}

/** @param {Job} job */
function row(job) {
  const tone = job.status === 'completed' ? 'good' : job.status === 'failed' ? 'bad' : job.finished_at ? 'plain' : 'busy';
  const begun = job.started_at ?? job.created_at;
  const took = job.finished_at && job.started_at ? duration((new Date(job.finished_at).getTime() - new Date(job.started_at).getTime()) / 1_000) : '';
  const trouble = job.errors.slice(0, 3).map((one) => one.error ?? one.message ?? '').join('; ');
  return [
    h('span', { title: job.job_id }, words(job.kind.replaceAll('.', ' '))),
    [pill(words(job.status), tone), !job.finished_at && job.progress ? ` ${percent(job.progress, 0)}` : ''],
    since(begun),
    took,
    job.total_records ? `${count(job.successful)} of ${count(job.total_records)}` : '',
    h('span', { dir: 'auto' }, trouble),
  ];
}
