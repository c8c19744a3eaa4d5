import type { DeliveryRecord, RecordState } from '@countersign/core/stores'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { printJsonLine } from '../output/print-json-line.js'
import { tellDuration } from '../output/tell-duration.js'
import type { Terminal } from '../terminal.js'
import { isFreeAfterFailure } from './after-failure.js'
import { describeKey, type KeyParts, showKey } from './describe-key.js'
import type { OpenedStore } from './opened-store.js'
import { senderRetryOf, tellRetry } from './sender-retry.js'

/** Which records are listed, and how. */
export interface ListRecordsOptions {
  readonly state?: readonly RecordState[]
  readonly endpoint?: string
  readonly limit: number
  readonly json?: boolean
}

/** All that is neither done nor without a trace of a failure. */
const defaultStates: readonly RecordState[] = ['free', 'claimed', 'acked', 'orphaned', 'held', 'failed']

/**
 * Prints records, one a line, as the store gives them. By default those that need somebody, or are being handled: what is free
 * only where its last attempt failed or was cut off.
 */
export async function listRecords(
  { store }: OpenedStore,
  { state, endpoint, limit, json = false }: ListRecordsOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  let shown = 0
  let unreadable = 0
  for await (const record of store.list({ states: state ?? defaultStates })) {
    terminal.parts.interrupted.throwIfAborted()
    if (state === undefined && record.state === 'free' && !isFreeAfterFailure(record)) continue
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
    if (json) printJsonLine(toJson(record, parts), terminal)
    else terminal.print(tellRecord(record, parts))
  }
  if (shown === 0 && !json) terminal.print('no such records')
  if (unreadable > 0)
    terminal.printError(`left out: ${unreadable} with a key that does not name its endpoint`)
  return exitCodes.ok
}

const noParts = { endpoint: null, tenant: null, scheme: null, event: null }

function toJson(record: DeliveryRecord, parts: KeyParts | undefined) {
  const { key, state, attempts, copies, lastCode = null, leaseLeftMs = null, sinceMs = null } = record
  const senderRetry = senderRetryOf(record, parts?.scheme) ?? null
  return {
    key,
    state,
    attempts,
    copies,
    lastCode,
    leaseLeftMs,
    sinceMs,
    senderRetry,
    ...(parts ?? noParts),
    event: record.event ?? parts?.event ?? null,
  }
}

function tellRecord(record: DeliveryRecord, parts: KeyParts | undefined): string {
  const { key, state, event, attempts, copies } = record
  const told = [
    ...(event === undefined ? [] : [showKey(event)]),
    countOf(attempts, 'attempt', 'attempts'),
    ...(copies > 0 ? [countOf(copies, 'copy', 'copies')] : []),
    ...tellTime(record),
    ...(state === 'free' ? [tellRetry(senderRetryOf(record, parts?.scheme))] : []),
  ]
  return `${state.padEnd('completed'.length)}  ${told.join(', ')}  ${showKey(key)}`
}

function tellTime({ lastCode, leaseLeftMs, sinceMs }: DeliveryRecord): readonly string[] {
  if (leaseLeftMs !== undefined) return [`lease ends in ${tellDuration(leaseLeftMs / 1000)}`]
  if (sinceMs === undefined) return []
  const duration = tellDuration(sinceMs / 1000)
  return [lastCode === undefined ? `since ${duration}` : `${showKey(lastCode)} ${duration} ago`]
}

function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
