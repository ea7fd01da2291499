// The goals, and what was measured.

/**
 * @typedef {object} Goal
 * @property {string} what
 * @property {string} goal
 * @property {number | null} measured null when something it needs is missing
 * @property {string} unit
 * @property {boolean | null} met
 */

/** @returns {Goal} */
export function atLeast(what, limit, measured, unit = '×') {
  return goal(what, `≥ ${limit}${spaced(unit)}`, measured, unit, (value) => value >= limit);
}

/** @returns {Goal} */
export function under(what, limit, measured, unit) {
  return goal(what, `< ${limit}${spaced(unit)}`, measured, unit, (value) => value < limit);
}

function goal(what, text, measured, unit, meets) {
  const known = Number.isFinite(measured);
  return { what, goal: text, measured: known ? measured : null, unit, met: known ? meets(measured) : null };
}

function spaced(unit) {
  return ['×', ''].includes(unit) ? unit : ` ${unit}`;
}
