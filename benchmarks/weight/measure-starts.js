import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { spreadOf } from '../statistics.js'

/** What a program imports, by its file in `entries/`. */
const programs = [
  { file: 'verify', name: 'verify' },
  { file: 'receiver', name: 'createReceiver with memoryStore' },
  { file: 'express', name: 'Express adapter and createReceiver' },
]

/**
 * A start of Node that imports, divided by one that imports nothing.
 *
 * @typedef {{ readonly name: string, readonly ratio: import('../statistics.js').Spread, readonly addedMs: number }} Start
 */

/**
 * Starts all programs by turns, so that other load on the machine affects all alike.
 *
 * @param {number} rounds
 * @returns {Start[]}
 */
export function measureStarts(rounds) {
  // The first start reads the files from the disk.
  for (const { file } of [{ file: 'nothing' }, ...programs]) startMs(file)
  const times = Array.from({ length: rounds }, () => ({
    bare: startMs('nothing'),
    importing: programs.map(({ file }) => startMs(file)),
  }))
  return programs.map(({ name }, place) => {
    const pairs = times.map(({ bare, importing }) => ({ bare, ours: importing[place] ?? Number.NaN }))
    return {
      name,
      ratio: spreadOf(pairs.map(({ bare, ours }) => ours / bare)),
      addedMs: spreadOf(pairs.map(({ bare, ours }) => ours - bare)).median,
    }
  })
}

/** @param {string} file */
function startMs(file) {
  const program = fileURLToPath(new URL(`./entries/${file}.js`, import.meta.url))
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8', timeout: 60_000 })
  if (status !== 0) throw new Error(`entries/${file}.js does not start: ${stderr}`)
  return Number(process.hrtime.bigint() - start) / 1e6
}
