// A program that any runtime runs: it makes the comparisons that its argument names, and prints the rows as JSON.
import process from 'node:process'
import { compare } from './compare.js'
import { limit, snippetComparisons, textBeyondLatin1 } from './comparisons.js'

/** @typedef {import('./compare.js').Amount & { readonly withLibraries: boolean }} Task */

/** @type {Task} */
const { withLibraries, ...amount } = JSON.parse(process.argv[2] ?? '')
const more = withLibraries
  ? [textBeyondLatin1, ...(await import('./library-comparisons.js')).libraryComparisons]
  : []

const rows = []
for (const comparison of [...snippetComparisons, ...more, limit]) rows.push(await compare(comparison, amount))
console.log(JSON.stringify(rows))
