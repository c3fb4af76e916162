/** Charts as SVG, drawn for the width there is, with the same figures as a table for those who do not see them. */

import { fill, h, s } from './elements.js';
import { compact, count } from './format.js';
import { table } from './parts.js';

/** @import {Child, Interval} from '../types.d.ts' */

/**
 * @typedef {object} Course what happens over time
 * @property {string} label what is drawn
 * @property {string[]} kinds the largest first; each has a colour
 * @property {{name: string, values: Record<string, number>}[]} buckets from left to right
 * @property {'columns' | 'line'} shape columns stand on each other
 */

const HEIGHT = 210;
const MARGIN = { left: 46, right: 8, top: 10, bottom: 26 };
const LINES = 4;
const LABEL_WIDTH = 64;

/** @param {Course} course */
export function courseChart(course) {
  const legend = h('ul', { class: 'legend' });
  const drawing = h('div', { class: 'drawing' });
  const read = (/** @type {number | undefined} */ at) => fill(legend, legendOf(course, at));
  read(undefined);
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (!drawing.isConnected) return;
    const now = Math.round(drawing.clientWidth);
    if (now && now !== width) fill(drawing, drawn(course, (width = now), read));
  });
  observer.observe(drawing);
  const rows = course.buckets.map((one) => [one.name, ...course.kinds.map((kind) => count(one.values[kind] ?? 0))]);
  const figures = h('details', { class: 'figures' }, h('summary', {}, 'The figures'), table(course.label, ['Time', ...course.kinds.map((one) => `#${one}`)], rows));
  return h('figure', { class: 'chart' }, legend, drawing, figures);
}

/**
 * What the colours stand for, with the sums of all buckets or the values of one.
 * @param {Course} course
 * @param {number | undefined} at
 */
function legendOf({ buckets, kinds, shape }, at) {
  const bucket = at === undefined ? undefined : buckets[at];
  const value = (/** @type {string} */ kind) =>
    bucket ? (bucket.values[kind] ?? 0) : buckets.reduce((sum, one) => sum + (one.values[kind] ?? 0), 0);
  // Of a line no sum is told: who was there on two days is one person.
  const figure = (/** @type {string} */ kind) => (bucket || shape === 'columns' ? h('strong', {}, count(value(kind))) : null);
  const items = kinds.map((kind, tone) => h('li', {}, h('span', { class: `dot tone-${tone}` }), kind, ' ', figure(kind)));
  return [...items, h('li', { class: 'soft' }, bucket ? bucket.name : '')];
}

/**
 * @param {Course} course
 * @param {number} width
 * @param {(at: number | undefined) => void} read
 */
function drawn(course, width, read) {
  const { buckets, kinds, shape, label } = course;
  const sums = buckets.map((one) => kinds.reduce((sum, kind) => sum + (one.values[kind] ?? 0), 0));
  const top = roundUp(Math.max(1, ...sums));
  const inner = width - MARGIN.left - MARGIN.right;
  const floor = HEIGHT - MARGIN.bottom;
  const step = inner / Math.max(1, buckets.length);
  const y = (/** @type {number} */ value) => floor - ((floor - MARGIN.top) * value) / top;
  const x = (/** @type {number} */ at) => MARGIN.left + step * (at + 0.5);
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / step));
  const grid = Array.from({ length: LINES + 1 }, (_, line) => {
    const value = (top * line) / LINES;
    return s('g', { class: 'ruler' },
      s('line', { x1: MARGIN.left, x2: width - MARGIN.right, y1: y(value), y2: y(value) }),
      s('text', { x: MARGIN.left - 8, y: y(value) + 4, 'text-anchor': 'end' }, compact(value)));
  });
  const names = buckets.map((one, at) => (buckets.length - 1 - at) % every ? null
    : s('text', { x: x(at), y: HEIGHT - 6, 'text-anchor': 'middle', class: 'name' }, one.name));
  const marks = shape === 'columns' ? columns(course, x, y, step) : line(course, sums, x, y, floor);
  const feelers = buckets.map((_, at) =>
    s('rect', { class: 'feeler', x: MARGIN.left + step * at, y: 0, width: step, height: floor, on: { pointerenter: () => read(at) } }));
  return s('svg', { width, height: HEIGHT, role: 'img', 'aria-label': `${label}: ${spoken(course, sums)}`, on: { pointerleave: () => read(undefined) } },
    grid, names, marks, feelers);
}

/**
 * @param {Course} course
 * @param {(at: number) => number} x
 * @param {(value: number) => number} y
 * @param {number} step
 */
function columns({ buckets, kinds }, x, y, step) {
  const width = Math.max(1, Math.min(44, step * 0.66));
  return buckets.map((one, at) => {
    let below = 0;
    return s('g', {}, kinds.map((kind, tone) => {
      const value = one.values[kind] ?? 0;
      const rect = s('rect', { class: `tone-${tone}`, x: x(at) - width / 2, width, y: y(below + value), height: y(below) - y(below + value), rx: Math.min(2, width / 4) });
      below += value;
      return value ? rect : null;
    }));
  });
}

/**
 * @param {Course} course
 * @param {number[]} values
 * @param {(at: number) => number} x
 * @param {(value: number) => number} y
 * @param {number} floor
 */
function line({ buckets }, values, x, y, floor) {
  const points = values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`);
  const area = [`${x(0)},${floor}`, ...points, `${x(buckets.length - 1)},${floor}`].join(' ');
  return [
    s('polygon', { class: 'area', points: area }),
    s('polyline', { class: 'line', points: points.join(' ') }),
    values.map((value, at) => s('circle', { class: 'point', cx: x(at), cy: y(value), r: buckets.length > 40 ? 0 : 2.5 })),
  ];
}

/**
 * @param {Course} course
 * @param {number[]} sums
 */
function spoken({ buckets, shape }, sums) {
  const all = sums.reduce((a, b) => a + b, 0);
  const at = sums.indexOf(Math.max(...sums));
  if (!all || !buckets[at]) return 'nothing yet';
  const most = `most at ${buckets[at].name} with ${count(sums[at] ?? 0)}`;
  return shape === 'columns' ? `${count(all)} in all, ${most}` : most;
}

/** A round number that is not below. @param {number} value */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 8, 10].find((one) => one * power >= value) ?? 10;
  return Math.max(LINES, step * power);
}

/**
 * Estimates with the intervals that hold the truth in 95 of 100 cases, one below the other on one scale.
 * @param {string} label
 * @param {{name: string, value: number | null, interval: Interval, text: string, isBest?: boolean}[]} rows
 * @param {{zero?: boolean}} [scale] whether zero belongs to the scale
 */
export function intervalChart(label, rows, { zero = false } = {}) {
  const ends = rows.flatMap((one) => [one.interval.low, one.interval.high, one.value]).filter((one) => one !== null && Number.isFinite(one));
  const numbers = /** @type {number[]} */ (zero ? [...ends, 0] : ends);
  const low = Math.min(...numbers);
  const span = Math.max(...numbers) - low || 1;
  const at = (/** @type {number | null} */ value, /** @type {number} */ open) => (value === null ? open : 4 + (92 * (value - low)) / span);
  return h('ul', { class: 'intervals', 'aria-label': label }, rows.map((one) => {
    const from = at(one.interval.low, 0);
    const to = at(one.interval.high, 100);
    return h('li', { class: one.isBest ? 'best' : false },
      h('span', { class: 'name', dir: 'auto' }, one.name),
      h('span', { class: 'track', 'aria-hidden': 'true' },
        zero ? h('span', { class: 'zero', vars: { at: at(0, 0) } }) : null,
        h('span', { class: 'range', vars: { from, to } }),
        one.value === null ? null : h('span', { class: 'dot', vars: { at: at(one.value, 0) } })),
      h('span', { class: 'number' }, one.text));
  }));
}

/**
 * Names with a bar each.
 * @param {string} label
 * @param {{name: Child, value: number, text: string}[]} rows
 */
export function barChart(label, rows) {
  const most = Math.max(1e-9, ...rows.map((one) => one.value));
  return h('ol', { class: 'bars', 'aria-label': label }, rows.map((one) =>
    h('li', {},
      h('span', { class: 'name', dir: 'auto' }, one.name),
      h('span', { class: 'number' }, one.text),
      h('span', { class: 'track', 'aria-hidden': 'true' }, h('span', { vars: { share: one.value / most } })))));
}
