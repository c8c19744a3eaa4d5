/**
 * Why a mark is missed, and what was tried: a paragraph for each, by the mark's name. Figures are in the results, so there are
 * none here.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const missed = {}
