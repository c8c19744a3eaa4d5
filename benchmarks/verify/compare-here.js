// A program that any runtime runs: it makes the comparisons that its argument asks for, and prints the rows as JSON.
import process from 'node:process'
import { compare, warmUp } from './compare.js'
import { comparisons, textBeyondLatin1 } from './comparisons.js'

/** @typedef {{ readonly withLibraries: boolean, readonly amount: import('./compare.js').Amount }} Task */

/** @type {Task} */
const { withLibraries, amount } = JSON.parse(process.argv[2] ?? '')
const more = withLibraries
  ? [textBeyondLatin1, ...(await import('./library-comparisons.js')).libraryComparisons]
  : []
const all = [...comparisons, ...more]

// Otherwise the first comparison would measure code that is compiled for the last one.
for (const comparison of all) await warmUp(comparison, amount)
const rows = []
for (const comparison of all) rows.push(await compare(comparison, amount))
console.log(JSON.stringify(rows))
