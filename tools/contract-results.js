import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The results that a run of the adapter contract wrote.
 *
 * @typedef {object} ContractResult
 * @property {string} adapter
 * @property {Readonly<Record<string, number>>} vectors how many passed, by the name of their file
 * @property {number} cases how many other cases passed
 * @property {number} excepted how many vectors and cases failed, as an exception says they must
 * @property {readonly { readonly case: string, readonly reason: string }[]} exceptions
 * @property {number} failed
 */

/** The folder in which the repository's contract tests write their results. */
export const resultsFolder = fileURLToPath(
  new URL('../node_modules/.cache/contract-results', import.meta.url),
)

/**
 * @param {number} [since] milliseconds since the epoch; older results are left out
 * @returns {ContractResult[]} in the order of the adapters' names
 */
export function readContractResults(since = 0) {
  if (!existsSync(resultsFolder)) return []
  return readdirSync(resultsFolder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(resultsFolder, name))
    .filter((file) => statSync(file).mtimeMs >= since)
    .map((file) => JSON.parse(readFileSync(file, 'utf8')))
    .sort((a, b) => a.adapter.localeCompare(b.adapter, 'en'))
}

/**
 * All vectors that were sent, which are the same for every adapter.
 *
 * @param {ContractResult} result
 */
export function countAll({ vectors, cases, excepted }) {
  return Object.values(vectors).reduce((sum, count) => sum + count, cases + excepted)
}
