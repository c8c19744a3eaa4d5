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

/** @param {Results} results */
export function writeResults(results) {
  mkdirSync(resultsFolder, { recursive: true })
  writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`)
}
