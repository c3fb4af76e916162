/** Numbers, times and words as people read them. */

const whole = new Intl.NumberFormat('en');
const compacted = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const shortDay = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const hour = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false });

/** @param {number} value */
export const count = (value) => whole.format(value);

/** @param {number} value */
export const compact = (value) => (Math.abs(value) < 10_000 ? whole.format(value) : compacted.format(value));

/**
 * @param {number} value
 * @param {number} [digits]
 */
export const percent = (value, digits = 1) => `${(100 * value).toFixed(digits)} %`;

/** A share that may be small without being nothing. @param {number} value */
export function share(value) {
  if (value > 0 && value < 0.005) return '< 1 %';
  return percent(value, 0);
}

/** @param {number} value */
export const score = (value) => value.toFixed(3);

/** @param {number} ms */
export const milliseconds = (ms) => (ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`);

/** @param {string} time */
export const date = (time) => moment.format(new Date(time));

/** @param {string} time */
export const day = (time) => shortDay.format(new Date(time));

/** @param {string} time */
export const clock = (time) => hour.format(new Date(time));

/** @param {number} seconds */
export function duration(seconds) {
  if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3_600) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** @param {string} time */
export function ago(time) {
  const seconds = (Date.now() - new Date(time).getTime()) / 1_000;
  return seconds < 2 ? 'just now' : `${duration(seconds)} ago`;
}

/** `add_to_cart` as `add to cart`. @param {string} name */
export const words = (name) => name.replaceAll('_', ' ').replaceAll('-', ' ');

/** With a capital at its begin. @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 */
export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;
