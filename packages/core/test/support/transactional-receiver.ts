import {
  createReceiver,
  type DedupeStore,
  type HookInfo,
  memoryStore,
  type ReceiverOptions,
} from '@countersign/core'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import type { CompleteRequest, OwnedKey, TransactionalStore } from '@countersign/core/stores'
import { createFakeClock } from '@countersign/testing'
import { nowMs, secret } from './visibuild-delivery.js'

/** A transaction with the store below: what is written in it counts when it is committed. */
export class Transaction {
  readonly #writes: (() => void)[] = []

  write(effect: () => void): void {
    this.#writes.push(effect)
  }

  commit(): void {
    for (const write of this.#writes.splice(0)) write()
  }
}

/** A memory store that takes part in transactions, and notes the operations it is asked for. */
export function transactionalStore(
  clock: { monotonic(): number },
  replaced: Partial<TransactionalStore> = {},
) {
  const records = memoryStore({ now: clock.monotonic })
  const committed = new Set<string>()
  const calls: string[] = []
  const noted = <Name extends keyof DedupeStore>(name: Name) =>
    ((...args: never[]) => {
      calls.push(name)
      return (records[name] as (...args: never[]) => unknown)(...args)
    }) as never
  const store: TransactionalStore<Transaction> = {
    name: 'transactional',
    shared: false,
    claim: noted('claim'),
    extend: noted('extend'),
    acknowledge: noted('acknowledge'),
    complete: noted('complete'),
    release: noted('release'),
    fail: noted('fail'),
    forget: noted('forget'),
    completeIn(transaction: Transaction, request: CompleteRequest) {
      if (!records.extend({ ...request, leaseMs: 30_000 })) return false
      transaction.write(() => {
        records.complete(request)
        committed.add(request.token)
      })
      return true
    },
    isCompleted: ({ token }: OwnedKey) => committed.has(token),
    ...replaced,
  }
  return { store, records, calls }
}

export function setUp(
  options: Partial<ReceiverOptions<VisibuildEvent>> = {},
  replaced: Partial<TransactionalStore> = {},
) {
  const clock = createFakeClock({ now: nowMs })
  const { store, records, calls } = transactionalStore(clock, replaced)
  const hooks: string[] = []
  const note = (name: string) => (info: HookInfo) => void hooks.push(`${name} ${info.code ?? ''}`.trim())
  const receiver = createReceiver({
    endpoint: 'tickets',
    scheme: visibuild(),
    secret,
    store,
    clock,
    onHandled: note('handled'),
    onFailed: note('failed'),
    onExhausted: note('exhausted'),
    onStoreError: note('store error'),
    onWarning: () => undefined,
    ...options,
  })
  return { receiver, clock, records, calls, hooks }
}

export const fails = () => Promise.reject(new Error('connection refused'))
