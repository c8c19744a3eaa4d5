import type { DeliveryRecord, RecordState } from '@countersign/core/stores'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { printJsonLine } from '../output/print-json-line.js'
import { tellDuration } from '../output/tell-duration.js'
import type { Terminal } from '../terminal.js'
import { describeKey, showKey } from './describe-key.js'
import type { OpenedStore } from './opened-store.js'

/** Which records are listed, and how. */
export interface ListRecordsOptions {
  readonly state?: readonly RecordState[]
  readonly endpoint?: string
  readonly limit: number
  readonly json?: boolean
}

/** Prints records, one a line, as the store gives them. */
export async function listRecords(
  { store }: OpenedStore,
  { state, endpoint, limit, json = false }: ListRecordsOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  let shown = 0
  let unreadable = 0
  for await (const record of store.list(state ? { states: state } : {})) {
    terminal.parts.interrupted.throwIfAborted()
    const parts = describeKey(record.key)
    if (endpoint !== undefined && parts?.endpoint !== endpoint) {
      if (!parts) unreadable += 1
      continue
    }
    if (shown === limit) {
      terminal.printError(`there are more; --limit ${limit * 10} shows more of them`)
      break
    }
    shown += 1
    if (json) printJsonLine({ ...toJson(record), ...(parts ?? noParts) }, terminal)
    else terminal.print(tellRecord(record))
  }
  if (shown === 0 && !json) terminal.print('no such records')
  if (unreadable > 0)
    terminal.printError(`left out: ${unreadable} with a key that does not name its endpoint`)
  return exitCodes.ok
}

const noParts = { endpoint: null, tenant: null, scheme: null, event: null }

function toJson({ key, state, attempts, leaseLeftMs = null, sinceMs = null }: Nullable<DeliveryRecord>) {
  return { key, state, attempts, leaseLeftMs, sinceMs }
}

type Nullable<T> = { readonly [Key in keyof T]: T[Key] | null }

function tellRecord({ key, state, attempts, leaseLeftMs, sinceMs }: DeliveryRecord): string {
  const count = `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`
  const time =
    leaseLeftMs !== undefined
      ? `, lease ends in ${tellDuration(leaseLeftMs / 1000)}`
      : sinceMs !== undefined
        ? `, since ${tellDuration(sinceMs / 1000)}`
        : ''
  return `${state.padEnd('completed'.length)}  ${count}${time}  ${showKey(key)}`
}
