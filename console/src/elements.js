/**
 * Makes nodes. Whatever comes from the server goes in as a text or an attribute's value, never as markup: there is no
 * way through here from a string to HTML.
 */

/** @import {Children} from '../types.d.ts' */

/**
 * @typedef {object} Given
 * @property {string | false} [class]
 * @property {Record<string, (event: any) => void>} [on] what to do at which event
 * @property {Record<string, string | number>} [vars] custom properties for the style
 */
/** @typedef {Given & Record<string, unknown>} Properties */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element of HTML. A property that is true becomes an empty attribute, one that is false, null or undefined none.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Properties} [properties]
 * @param {...Children} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function h(name, properties = {}, ...children) {
  const made = document.createElement(name);
  dress(made, properties);
  made.append(...nodes(children));
  return made;
}

/**
 * An element of SVG.
 * @param {string} name
 * @param {Properties} [properties]
 * @param {...Children} children
 * @returns {SVGElement}
 */
export function s(name, properties = {}, ...children) {
  const made = /** @type {SVGElement} */ (document.createElementNS(SVG, name));
  dress(made, properties);
  made.append(...nodes(children));
  return made;
}

/**
 * Puts something else into an element.
 * @param {Element} into
 * @param {...Children} children
 */
export function fill(into, ...children) {
  into.replaceChildren(...nodes(children));
}

/**
 * An address that may be followed or loaded, or none: data must not bring in a scheme that runs.
 * @param {unknown} text
 * @returns {string | undefined}
 */
export function webAddress(text) {
  if (typeof text !== 'string' || !/^https?:\/\//i.test(text)) return undefined;
  try {
    return new URL(text).href;
  } catch {
    return undefined;
  }
}

/**
 * @param {HTMLElement | SVGElement} made
 * @param {Properties} properties
 */
function dress(made, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') {
      for (const [event, act] of Object.entries(properties.on ?? {})) made.addEventListener(event, act);
    } else if (name === 'vars') {
      for (const [key, one] of Object.entries(properties.vars ?? {})) made.style.setProperty(`--${key}`, String(one));
    } else if (name.startsWith('on')) {
      throw new Error(`${name} would be code; use on`);
    } else {
      made.setAttribute(name, value === true ? '' : String(value));
    }
  }
}

/**
 * @param {Children[]} children
 * @returns {(Node | string)[]}
 */
function nodes(children) {
  return children.flatMap((one) => {
    if (Array.isArray(one)) return nodes(one);
    if (one === null || one === undefined || one === false) return [];
    return [one instanceof Node ? one : String(one)];
  });
}
