import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Reads the effects from the ledger file.
 *
 * @param {string} folder
 * @returns {import('./types.js').Effect[]}
 */
export function readLedger(folder) {
  return readLines(join(folder, 'ledger.jsonl')).map((line) => JSON.parse(line))
}

/**
 * Reads the journals of all processes of a run, sorted by time.
 *
 * @param {string} folder
 * @returns {import('./types.js').JournalEntry[]}
 */
export function readJournals(folder) {
  return readdirSync(folder)
    .filter((file) => file.startsWith('journal-'))
    .flatMap((file) => {
      const process = file.slice('journal-'.length, -'.jsonl'.length)
      return readLines(join(folder, file)).map((line) => readEntry(process, line))
    })
    .sort((a, b) => a.at - b.at)
}

/**
 * @param {string} process
 * @param {string} line
 * @returns {import('./types.js').JournalEntry}
 */
function readEntry(process, line) {
  const [at, kind, event, attempt, detail, began] = JSON.parse(line)
  return { at, process, kind, event, attempt, detail, began }
}

/** @param {string} file */
function readLines(file) {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}
