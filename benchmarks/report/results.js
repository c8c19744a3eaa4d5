import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * @typedef {object} FamilyResult
 * @property {import('../family.js').PlanName} plan
 * @property {string} date
 * @property {number} seconds
 * @property {import('./describe-machine.js').Machine} machine
 * @property {any} result only the family knows its type
 */

/** @typedef {Readonly<Record<string, FamilyResult>>} Results by the name of the family */

/** The folder of the pictures and of the figures that they are made from. */
export const resultsFolder = fileURLToPath(new URL('../../docs/performance/', import.meta.url))
const file = `${resultsFolder}results.json`

/** @returns {Results} */
export function readResults() {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

/**
 * Six digits are more than any measurement has. What has no list or record in it takes one line.
 *
 * @param {Results} results
 */
export function writeResults(results) {
  const round = (/** @type {string} */ _key, /** @type {unknown} */ value) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value
  const text = JSON.stringify(results, round, 1)
  const compact = text.replaceAll(/[{[][^{}[\]]*[}\]]/g, (flat) => flat.replaceAll(/\n */g, ' '))
  mkdirSync(resultsFolder, { recursive: true })
  writeFileSync(file, `${compact}\n`)
}
