// Side by side with peers, in one interleaved run: see README.md.
import { families } from './families.js'
import { readArguments } from './read-arguments.js'
import { describeMachine, machineLine } from './report/describe-machine.js'
import { renderText } from './report/render-text.js'
import { readResults, writeResults } from './report/results.js'
import { writePage } from './report/write-page.js'

/** @typedef {import('./report/results.js').FamilyResult} FamilyResult */

const options = readArguments(process.argv.slice(2), families)
if ('problem' in options) {
  console.error(options.problem)
  process.exit(1)
}
const { plan, chosen, isWriting } = options
const machine = describeMachine()
console.log(`${machineLine(machine)}\n`)

/** @type {Record<string, FamilyResult>} */
const measured = {}
for (const family of chosen) {
  const start = process.hrtime.bigint()
  const result = await family.measure(family.plans[plan])
  const seconds = Math.round(Number(process.hrtime.bigint() - start) / 1e9)
  measured[family.name] = { plan, date: new Date().toISOString().slice(0, 10), seconds, machine, result }
  console.log(renderText(family, result, seconds))
}

if (isWriting) {
  writeResults({ ...readResults(), ...measured })
  // As they are read again: with rounded figures.
  writePage(readResults())
  console.log('Written: docs/performance.md and docs/performance/.')
}
