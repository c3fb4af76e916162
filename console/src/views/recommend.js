/** Asks for a list, shows why it is what it is, and how it changes with what the user does next. */

import { call, get } from '../api.js';
import { fill, h } from '../elements.js';
import { plural, words } from '../format.js';
import { knownName, learnNames, remember, rememberTenant } from '../items.js';
import { empty, heading, loading, problem, say } from '../parts.js';
import { link, note } from '../router.js';
import { answerFacts, sameRequest } from './recommend-answer.js';
import { changesBetween, tellChanges } from './recommend-changes.js';
import { recommendForm } from './recommend-form.js';
import { historyCard } from './recommend-history.js';
import { recommendList } from './recommend-list.js';
import { missingCard } from './recommend-missing.js';
import { firstSteps, suggestedUsers } from './recommend-start.js';

/** @import {Answer, Interaction, Item, Place, Recommendation, View} from '../../types.d.ts' */
/** @import {Wish} from './recommend-form.js' */

const HISTORY = 12;

/** @type {View} */
export const recommend = { title: 'Recommend', show };

/**
 * @param {HTMLElement} page
 * @param {Place} place
 * @param {AbortSignal} signal
 */
async function show(page, place, signal) {
  fill(page, heading('Recommend'), loading(5));
  const users = await suggestedUsers(signal);
  if (users.isEmpty) {
    fill(page, heading('Recommend'), firstSteps(signal));
    return;
  }
  new Playground(page, place, signal, users.ids).begin();
}

/** The form, the list, and what is beside it; one for each time the view is opened. */
class Playground {
  /** @type {Wish} */
  #wish;
  /** @type {Item[] | undefined} what was shown before */
  #before;
  /** The newest ask; what an older one brings is dropped. */
  #asked = 0;
  /** @type {Interaction[]} */
  #history = [];
  #list = h('div', { class: 'answer' });
  #news = h('div', { class: 'news', 'aria-live': 'polite' });
  #historyPlace = h('div', {});
  #answerPlace = h('div', {});
  #missingPlace = h('div', {});

  /**
   * @param {HTMLElement} page
   * @param {Place} place
   * @param {AbortSignal} signal
   * @param {string[]} users to choose from
   */
  constructor(page, place, signal, users) {
    this.page = page;
    this.signal = signal;
    const form = recommendForm(place.query, users, (wish) => this.#wishChanged(wish));
    this.#wish = form.wish;
    this.form = form.element;
  }

  begin() {
    fill(
      this.page,
      heading('Recommend', h('p', { class: 'lead' }, 'View, like or buy something as a user: the very next list has seen it.')),
      this.form,
      h('div', { class: 'beside' },
        h('div', {}, this.#news, this.#list),
        h('aside', { 'aria-label': 'About this list' }, this.#historyPlace, this.#answerPlace, this.#missingPlace)),
    );
    fill(this.#missingPlace, missingCard((id) => this.#whyNot(id)));
    void this.#ask();
  }

  /** @param {Wish} wish */
  #wishChanged(wish) {
    this.#wish = wish;
    this.#before = undefined;
    fill(this.#news);
    note(link(['recommend'], wish.query));
    void this.#ask();
  }

  /**
   * @param {number} [after] a position that the list must have seen
   * @param {{type: string, entity: string}} [deed] what led to it
   */
  async #ask(after, deed) {
    const mine = ++this.#asked;
    this.#list.setAttribute('aria-busy', 'true');
    if (!this.#list.firstChild) fill(this.#list, loading(6));
    try {
      const extras = { body: this.#wish.body, signal: this.signal, ...(after === undefined ? {} : { after }) };
      const [answer] = await Promise.all([
        /** @type {Promise<Answer<Recommendation>>} */ (call('POST', '/api/v1/recommendations', {}, extras)),
        this.#readHistory(after),
      ]);
      if (mine !== this.#asked) return;
      const items = answer.data.recommendations;
      remember(items);
      await learnNames([...this.#history.map((one) => one.entity_id), ...named(items)], this.signal);
      if (mine === this.#asked) this.#showAnswer(answer, deed);
    } catch (error) {
      if (mine === this.#asked && !this.signal.aborted) fill(this.#list, problem(error));
    } finally {
      if (mine === this.#asked) this.#list.removeAttribute('aria-busy');
    }
  }

  /** @param {number | undefined} after */
  async #readHistory(after) {
    const { user } = this.#wish;
    this.#history = user
      ? await get('/api/v1/interactions/user/{user_id}', { user_id: user }, { query: { limit: HISTORY }, signal: this.signal, ...(after === undefined ? {} : { after }) })
      : [];
    if (this.#history[0]) rememberTenant(this.#history[0].tenant_id);
  }

  /**
   * @param {Answer<Recommendation>} answer
   * @param {{type: string, entity: string} | undefined} deed
   */
  #showAnswer(answer, deed) {
    const items = answer.data.recommendations;
    const changes = deed && this.#before ? changesBetween(this.#before, items) : undefined;
    if (changes && deed) {
      fill(this.#news, tellChanges(changes, deed, answer));
    }
    const user = this.#wish.user;
    const act = user ? (/** @type {Item} */ item, /** @type {string} */ type) => this.#record(user, item, type, answer.data.recommendation_id) : undefined;
    recommendList(this.#list, items, changes, act, nothing(answer.data));
    fill(this.#historyPlace, user ? historyCard(user, this.#history, deed !== undefined) : null);
    fill(this.#answerPlace, answerFacts(answer), sameRequest(this.#wish.body));
    this.#before = items;
    if (!deed) say(`${plural(items.length, 'recommendation')}.`);
  }

  /**
   * @param {string} user
   * @param {Item} item
   * @param {string} type
   * @param {string} list
   */
  async #record(user, item, type, list) {
    fill(this.#news);
    try {
      const body = { user_id: user, entity_id: item.entity_id, entity_type: item.entity_type, interaction_type: type, recommendation_id: list };
      const done = await call('POST', '/api/v1/interactions', {}, { body, signal: this.signal });
      await this.#ask(done.position, { type: words(type), entity: knownName(item.entity_id) });
    } catch (error) {
      if (!this.signal.aborted) fill(this.#news, problem(error));
    }
  }

  /** @param {string} id */
  async #whyNot(id) {
    const body = { ...this.#wish.body, explain_missing: [id] };
    const answer = /** @type {Answer<Recommendation>} */ (await call('POST', '/api/v1/recommendations', {}, { body, signal: this.signal }));
    const place = answer.data.recommendations.findIndex((one) => one.entity_id === id);
    return { place: place + 1, missing: answer.data.missing?.find((one) => one.entity_id === id) };
  }
}

/** @param {Item[]} items */
function named(items) {
  return items.flatMap((one) => one.explanation?.because.map((cause) => cause.entity_id) ?? []);
}

/** Why a list is empty. @param {Recommendation} data */
function nothing(data) {
  const rules = Object.entries(data.shortfall ?? {}).map(([rule, number]) => `${plural(number, 'entity', 'entities')} by “${words(rule)}”`);
  return empty('Nothing fits', rules.length ? `Kept out: ${rules.join(', ')}. Loosen the filters above.` : 'There is nothing that may be recommended.');
}
