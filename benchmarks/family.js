// The interface between bench.js and the families: each folder with a family.js measures one thing and reports on it.

/** @typedef {import('./statistics.js').Spread} Spread */

/**
 * A family of measurements. `measure` returns plain JSON with all raw medians and spreads; `report` makes everything that
 * is printed or drawn from this JSON alone, so that the page can be rendered again without measuring.
 *
 * @template Plan, Result
 * @typedef {object} Family
 * @property {string} name for `--only`
 * @property {string} title the heading on the page
 * @property {{ readonly full: Plan, readonly quick: Plan, readonly smoke: Plan }} plans the amount of work
 * @property {(plan: Plan) => Promise<Result>} measure
 * @property {(result: Result) => Report} report
 */

/**
 * @typedef {object} Report
 * @property {readonly Table[]} tables
 * @property {readonly Plot[]} plots
 * @property {readonly Mark[]} marks
 * @property {readonly string[]} skipped sentences: what was not measured, and why
 */

/**
 * @typedef {object} Table
 * @property {string} title
 * @property {readonly string[]} columns the first heads the names of the rows
 * @property {readonly (readonly string[])[]} rows
 */

/**
 * @typedef {object} Plot
 * @property {string} name in kebab-case; the file is docs/performance/<name>.svg
 * @property {string} title
 * @property {string} unit the label of the vertical axis
 * @property {'lines' | 'bars'} kind
 * @property {readonly string[]} categories along the horizontal axis
 * @property {readonly Series[]} series
 * @property {{ readonly value: number, readonly label: string }} [goal] a horizontal line
 */

/**
 * @typedef {object} Series
 * @property {string} name
 * @property {readonly (number | null)[]} values one for each category; null if it was not measured
 * @property {readonly (number | null)[]} [low] the lower ends of the spreads
 * @property {readonly (number | null)[]} [high]
 */

/**
 * A value to reach. It has exactly one of `most` and `least`.
 *
 * @typedef {object} Mark
 * @property {string} name unique, with the family's words
 * @property {number} [most]
 * @property {number} [least]
 * @property {number} value
 * @property {boolean} isMet
 * @property {string} [where] the cell that the value is from, if the mark is about many
 */

/** `--full` is not an option: it is what runs without one. */
/** @typedef {'full' | 'quick' | 'smoke'} PlanName */

/** A family whose types of plan and result only it knows. */
/** @typedef {Family<any, any>} AnyFamily */

export {}
