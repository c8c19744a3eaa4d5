import type { InspectableStore } from '@countersign/core/stores'
import { CliError } from '../errors/cli-error.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { escapeControls } from '../output/escape-controls.js'
import type { Terminal } from '../terminal.js'
import { confirm } from './confirm.js'
import type { OpenedStore } from './opened-store.js'

/** Which records are forgotten, and how. */
export interface ForgetOptions {
  readonly key?: readonly string[]
  readonly keyStdin?: boolean
  readonly force?: boolean
  readonly yes?: boolean
  readonly json?: boolean
}

/** The result for a key. `missing`: the store has no record of it. `in-progress`: a handler is running, under a live lease. */
type Ending = 'forgotten' | 'missing' | 'in-progress'

const words: Readonly<Record<Ending, string>> = {
  forgotten: 'forgotten; the next delivery of the event runs',
  missing: 'not found',
  'in-progress': 'not forgotten: its handler is running; add --force to forget it anyway',
}

/** The keys from the command line and from stdin, without repetitions. */
export async function readKeys(options: ForgetOptions, terminal: Terminal): Promise<readonly string[]> {
  const lines = options.keyStdin ? (await terminal.readStdin('the keys')).toString('utf8').split(/\r?\n/) : []
  const keys = new Set([...(options.key ?? []), ...lines].filter((key) => key !== ''))
  if (keys.size === 0) throw new CliError('no key; give one that store list prints with --key or --key-stdin')
  return [...keys]
}

/** Asks for confirmation, unless `--yes` is given, and forgets the keys. */
export async function forgetRecords(
  { store }: OpenedStore,
  keys: readonly string[],
  { force = false, yes = false, json = false }: ForgetOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const what = keys.length === 1 ? escapeControls(keys[0] ?? '') : `${keys.length} records`
  if (!yes && !(await confirm(`Forget ${what}? The next delivery of the event runs again.`, terminal))) {
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
  else for (const [key, ending] of endings) terminal.print(`${words[ending]}  ${escapeControls(key)}`)
  if (terminal.parts.interrupted.aborted) return exitCodes.interrupted
  return [...endings.values()].every((ending) => ending === 'forgotten') ? exitCodes.ok : exitCodes.no
}

/** `forget()` does not say why it refused; the list shows which of the keys are in progress. */
async function findLive(store: InspectableStore, endings: Map<string, Ending>): Promise<void> {
  if (![...endings.values()].includes('missing')) return
  for await (const { key } of store.list({ states: ['claimed', 'acked'] }))
    if (endings.get(key) === 'missing') endings.set(key, 'in-progress')
}
