/** The frame around the views: which one is shown, whose key opens it, which tenant it is about. */

import { onKeyNeeded } from './api.js';
import { fill, h } from './elements.js';
import { keyForm, whoPanel } from './key.js';
import { problem } from './parts.js';
import { here } from './router.js';
import { catalogue } from './views/catalogue.js';
import { experiments } from './views/experiments.js';
import { jobs } from './views/jobs.js';
import { models } from './views/models.js';
import { overview } from './views/overview.js';
import { recommend } from './views/recommend.js';
import { settings } from './views/settings.js';
import { users } from './views/users.js';

/** @import {View} from '../types.d.ts' */

/** @type {Record<string, View>} */
const views = {
  recommend,
  overview,
  catalogue,
  users,
  models,
  experiments,
  jobs,
  settings,
};

const page = /** @type {HTMLElement} */ (document.getElementById('page'));
const nav = /** @type {HTMLElement} */ (document.getElementById('views'));
const who = /** @type {HTMLElement} */ (document.getElementById('who'));

let showing = new AbortController();
let shown = '';

/** Shows what the address says. */
async function show() {
  const place = here();
  showing.abort();
  showing = new AbortController();
  const { signal } = showing;
  const name = place.view || 'recommend';
  const view = views[name];
  fill(nav, Object.entries(views).map(([one, { title }]) =>
    h('a', { href: `#/${one}`, 'aria-current': one === name ? 'page' : false }, title)));
  nav.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  fill(who, whoPanel(show, askForKey));
  document.title = `${view?.title ?? 'Nothing here'} · Kindred`;
  const moved = shown !== '' && shown !== location.hash;
  shown = location.hash;
  if (!view) {
    fill(page, problem(`There is no view “${name}”. Those above are all.`));
    return;
  }
  fill(page);
  try {
    await view.show(page, place, signal);
  } catch (error) {
    if (!signal.aborted && !page.querySelector('.key-form')) fill(page, problem(error));
  }
  if (moved && !signal.aborted) {
    scrollTo(0, 0);
    page.focus({ preventScroll: true });
  }
}

/** @param {string} [sentence] why it is asked for */
function askForKey(sentence) {
  showing.abort();
  if (!page.querySelector('.key-form')) fill(page, keyForm(sentence ?? '', show));
}

// Hashes say which view is shown, so this link cannot be one.
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  page.focus();
});
onKeyNeeded((error) => askForKey(error.message));
addEventListener('hashchange', show);
void show();
