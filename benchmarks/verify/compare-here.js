// A program that any runtime runs: it makes the comparison that its argument names, and prints the row as JSON.
import process from 'node:process'
import { compare } from './compare.js'
import { comparisons } from './comparisons.js'

/** @typedef {{ readonly name: string, readonly parse: boolean, readonly amount: import('./compare.js').Amount }} Task */

/** @type {Task} */
const { name, parse, amount } = JSON.parse(process.argv[2] ?? '')
const isWanted = (/** @type {import('./comparisons.js').Comparison} */ one) =>
  one.name === name && one.parse === parse
const comparison =
  comparisons.find(isWanted) ?? (await import('./library-comparisons.js')).libraryComparisons.find(isWanted)
if (comparison === undefined) throw new Error(`There is no comparison with ${name}.`)
console.log(JSON.stringify(await compare(comparison, amount)))
