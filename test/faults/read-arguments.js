import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'

/** @typedef {import('./types.js').Options} Options */

/** @type {Readonly<Record<import('./types.js').StoreName, readonly import('./types.js').Form[]>>} */
const forms = {
  redis: ['plain'],
  postgres: ['plain', 'transactional'],
  sqlite: ['plain', 'transactional'],
}

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws Error that names the wrong option
 */
export function readArguments(args) {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      store: { type: 'string', multiple: true },
      form: { type: 'string', multiple: true },
      seed: { type: 'string' },
      seeds: { type: 'string', default: '1' },
      events: { type: 'string' },
      quick: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      flaw: { type: 'string' },
    },
  })
  const isQuick = values.quick
  const seed = values.seed === undefined ? randomInt(1, 1_000_000) : readNumber('seed', values.seed)
  const seeds = Array.from({ length: readNumber('seeds', values.seeds) }, (_, index) => seed + index)
  const runs = Object.entries(forms).flatMap(([store, offered]) =>
    offered
      .filter((form) => isWanted(values.store, store) && isWanted(values.form, form))
      .map((form) => ({ store: /** @type {import('./types.js').StoreName} */ (store), form })),
  )
  if (runs.length === 0)
    throw new Error('No run is left: --store redis, postgres, sqlite; --form plain, transactional')
  const events = values.events === undefined ? (isQuick ? 600 : 5_000) : readNumber('events', values.events)
  return { runs, seeds, events, isQuick, flaw: values.flaw, keep: values.keep }
}

/**
 * @param {readonly string[] | undefined} wanted
 * @param {string} name
 */
function isWanted(wanted, name) {
  return wanted === undefined || wanted.includes(name)
}

/**
 * @param {string} option
 * @param {string} text
 */
function readNumber(option, text) {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error(`--${option} must be a whole number above 0`)
  return number
}
