/** Conditions on attributes as people write them: `category=books, price<=20, brand=a|b, color!=red`. */

/** @typedef {string | number | boolean | string[] | Record<string, string | number | string[]>} Condition */

const FORM = /^([^=<>!]+?)\s*(>=|<=|!=|=)\s*(.+)$/;

/**
 * @param {string} text
 * @returns {{filter: Record<string, Condition>, wrong?: string}}
 */
export function readFilters(text) {
  /** @type {Record<string, Condition>} */
  const filter = Object.create(null);
  for (const part of text.split(',').map((one) => one.trim()).filter(Boolean)) {
    const [, name = '', how = '', value = ''] = FORM.exec(part) ?? [];
    if (!name) return { filter, wrong: `“${part}” should be like category=books, price>=10, price<=20 or color!=red` };
    if (how === '=') {
      filter[name] = value.includes('|') ? value.split('|').map((one) => one.trim()) : plain(value);
      continue;
    }
    const bound = Number(value);
    if (how !== '!=' && !Number.isFinite(bound)) return { filter, wrong: `“${part}” compares with “${value}”, which is no number` };
    const before = filter[name];
    const others = typeof before === 'object' && !Array.isArray(before) ? before : {};
    filter[name] = { ...others, ...(how === '!=' ? { ne: value } : how === '>=' ? { gte: bound } : { lte: bound }) };
  }
  return { filter };
}

/** @param {string} value */
function plain(value) {
  if (value === 'true' || value === 'false') return value === 'true';
  return value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}
