/** How an answer came about, and how to ask for it again. */

import { h } from '../elements.js';
import { count, milliseconds, words } from '../format.js';
import { card, copyable, facts, pill, since } from '../parts.js';
import { link } from '../router.js';
import { session } from '../session.js';

/** @import {Answer, Recommendation} from '../../types.d.ts' */

/** @param {Answer<Recommendation>} answer */
export function answerFacts({ data, tookMs, serverMs }) {
  const model = data.model && data.model !== 'none' ? h('a', { href: link(['models', data.model]) }, data.model.slice(0, 10)) : 'none yet: counts and contents alone';
  const experiment = data.experiment ? [h('a', { href: link(['experiments', data.experiment.name]) }, data.experiment.name), `, ${data.experiment.variant}`] : null;
  const shortfall = Object.entries(data.shortfall ?? {}).map(([rule, number]) => `${words(rule)} ${count(number)}`).join(', ');
  return card(
    'This answer',
    facts([
      ['Took', [milliseconds(tookMs), serverMs === undefined ? '' : h('span', { class: 'soft' }, `, ${milliseconds(serverMs)} in the server`)]],
      ['As of position', count(data.position)],
      ['Made', [since(data.generated_at), data.cache_hit ? [' ', pill('remembered')] : '']],
      ['Model', model],
      ['Algorithm', words(data.algorithm)],
      ['Cold start', data.cold_start ? 'yes: for somebody unknown' : ''],
      ['Experiment', experiment],
      ['Kept out', shortfall],
      ['Warnings', data.warnings?.join('; ')],
    ]),
  );
}

/** For inside of a shell's quotes. @param {string} text */
const quoted = (text) => text.replaceAll("'", "'\\''");

/**
 * The request as a line for a terminal.
 * @param {Record<string, unknown>} body
 */
export function sameRequest(body) {
  const tenant = session.tenant ? ` -H 'X-Tenant-ID: ${quoted(session.tenant)}'` : '';
  // The key itself is shown nowhere: lines like this end up in chats.
  const key = session.key ? ' -H "X-API-Key: $API_KEY"' : '';
  return card('The same request', copyable(`curl -X POST '${location.origin}/api/v1/recommendations'${key}${tenant} -H 'Content-Type: application/json' -d '${quoted(JSON.stringify(body))}'`, 'the request as a curl line'));
}
