import type { InspectableStore } from '@countersign/core/stores'
import { CliError } from '../cli-error.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'
import { askYes } from './ask-yes.js'
import { showKey } from './describe-key.js'
import type { OpenedStore } from './opened-store.js'

/** Which records are forgotten, and how. */
export interface ForgetOptions {
  readonly key?: readonly string[]
  readonly keyStdin?: boolean
  readonly force?: boolean
  readonly yes?: boolean
  readonly json?: boolean
}

/** What became of a key. `missing`: the store has no record of it. `in-progress`: somebody handles it, under a live lease. */
type Ending = 'forgotten' | 'missing' | 'in-progress'

const words: Readonly<Record<Ending, string>> = {
  forgotten: 'forgotten; the next delivery of the event runs',
  missing: 'not there',
  'in-progress': 'not forgotten: it is being handled; --force forgets it all the same',
}

/** The keys of the command line and of stdin, each once. */
export async function readKeys(options: ForgetOptions, terminal: Terminal): Promise<readonly string[]> {
  const typed = options.keyStdin ? (await terminal.readStdin('the keys')).toString('utf8').split(/\r?\n/) : []
  const keys = new Set([...(options.key ?? []), ...typed].filter((key) => key !== ''))
  if (keys.size === 0) throw new CliError('no key; give --key or --key-stdin, as store list prints them')
  return [...keys]
}

/** Asks, unless it is told not to, and then forgets. */
export async function forgetRecords(
  { store }: OpenedStore,
  keys: readonly string[],
  { force = false, yes = false, json = false }: ForgetOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const what = keys.length === 1 ? showKey(keys[0] ?? '') : `${keys.length} records`
  if (!yes && !(await askYes(`Forget ${what}? The next delivery of the event runs again.`, terminal))) {
    terminal.printError('nothing was forgotten')
    return exitCodes.no
  }
  const endings = new Map<string, Ending>()
  for (const key of keys) {
    if (terminal.parts.interrupted.aborted) break
    endings.set(key, (await store.forget({ key, force })) ? 'forgotten' : 'missing')
  }
  await findLive(store, endings)
  if (json) terminal.printJson([...endings].map(([key, ending]) => ({ key, ending })))
  else for (const [key, ending] of endings) terminal.print(`${words[ending]}  ${showKey(key)}`)
  if (terminal.parts.interrupted.aborted) return exitCodes.interrupted
  return [...endings.values()].every((ending) => ending === 'forgotten') ? exitCodes.ok : exitCodes.no
}

/** A store says only that it has not forgotten; which of them are being handled, its list tells. */
async function findLive(store: InspectableStore, endings: Map<string, Ending>): Promise<void> {
  if (![...endings.values()].includes('missing')) return
  for await (const { key } of store.list({ states: ['claimed', 'acked'] }))
    if (endings.get(key) === 'missing') endings.set(key, 'in-progress')
}
