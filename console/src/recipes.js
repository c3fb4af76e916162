/** What models are made by, as people may know it: `Recent[of=Walk[by=Exponents[own=0.5]], halfLife=30.0]`. */

/** @type {Record<string, {name: string, about: string}>} */
const FAMILIES = {
  Popular: { name: 'Popularity', about: 'what most people take' },
  Walk: { name: 'Random walk', about: 'what is reached from their items over other users' },
  Filter: { name: 'Low-pass filter', about: 'tastes that many share, without the noise of single ones' },
  Ridge: { name: 'Ridge regression', about: 'each item foretold from a few others' },
  Users: { name: 'Neighbours', about: 'what users with a like taste take' },
  Items: { name: 'Item neighbours', about: 'what is taken by the same users' },
  Follow: { name: 'What follows', about: 'what comes after what, the nearer the stronger' },
  Factors: { name: 'Factors', about: 'users and items as points of one space' },
};

/**
 * @typedef {object} Recipe
 * @property {string} family as the server names it
 * @property {string} name
 * @property {string} about
 * @property {string} settings
 */

/**
 * @param {string} text
 * @returns {Recipe}
 */
export function recipeOf(text) {
  const newer = /^Recent\[of=(.*), halfLife=([0-9.]+)\]$/.exec(text);
  const inner = newer?.[1] ?? text;
  const family = /^\w+/.exec(inner)?.[0] ?? inner;
  const known = FAMILIES[family] ?? { name: family, about: '' };
  const settings = inner.slice(family.length).replaceAll(/\w+=\w+\[|[[\]]/g, '');
  const recent = newer ? `newer counts more, half of it after ${Number(newer[2])}` : '';
  return { family, name: known.name, about: known.about, settings: [settings, recent].filter(Boolean).join('; ') };
}
