/** Why something is not in the list. */

import { fill, h } from '../elements.js';
import { score, words } from '../format.js';
import { card, field, problem } from '../parts.js';

/** @import {Missing} from '../../types.d.ts' */

/** @type {Record<string, string>} */
const RULES = {
  not_there: 'There is no such entity, or it was deleted.',
  unavailable: 'It is not available now.',
  excluded: 'The request leaves it out.',
  seen: 'The user knows it already.',
  filter: 'It does not meet the conditions of “Only where”.',
  min_score: 'Its score is below the least that is asked for.',
  entity_type: 'It is of another type.',
};

/** @param {(id: string) => Promise<{place: number, missing: Missing | undefined}>} whyNot */
export function missingCard(whyNot) {
  const id = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: '255', required: true, placeholder: 'id of an entity', dir: 'auto' });
  const told = h('div', { 'aria-live': 'polite' });
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    try {
      fill(told, h('p', {}, sentence(await whyNot(id.value.trim()))));
    } catch (error) {
      fill(told, problem(error));
    }
  };
  return card('Why is it not in the list?',
    h('form', { class: 'line', on: { submit } }, field('Entity', id), h('button', { type: 'submit' }, 'Ask')), told);
}

/** @param {{place: number, missing: Missing | undefined}} found */
function sentence({ place, missing }) {
  if (place) return `It is in the list, at place ${place}.`;
  if (!missing) return 'The server does not say.';
  if (missing.rule === 'outranked') {
    return `Others are better: it is number ${missing.rank} with ${score(missing.score ?? 0)}, and lacks ${score(missing.lacking ?? 0)} to the last of the list.`;
  }
  return RULES[missing.rule] ?? `The rule “${words(missing.rule)}” keeps it out.`;
}
