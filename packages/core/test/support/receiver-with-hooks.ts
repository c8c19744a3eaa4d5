import {
  createReceiver,
  type DedupeStore,
  type HookInfo,
  memoryStore,
  type ReceiverOptions,
} from '@countersign/core'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { nowMs, secret } from './visibuild-delivery.js'

/** A receiver on a clock of its own, that notes which hooks were called. */
export function setUp(options: Partial<ReceiverOptions<VisibuildEvent>> = {}) {
  const clock = createFakeClock({ now: nowMs })
  const store = memoryStore({ now: () => clock.monotonic() })
  const hooks: (readonly [name: string, info: HookInfo])[] = []
  const note = (name: string) => (info: HookInfo) => void hooks.push([name, info])
  const receiver = createReceiver({
    endpoint: 'tickets',
    scheme: visibuild(),
    secret,
    store,
    clock,
    onVerified: note('onVerified'),
    onRejected: note('onRejected'),
    onDuplicate: note('onDuplicate'),
    onConflict: note('onConflict'),
    onHandled: note('onHandled'),
    onFailed: note('onFailed'),
    onExhausted: note('onExhausted'),
    onStoreError: note('onStoreError'),
    onWarning: () => undefined,
    ...options,
  })
  return { receiver, clock, store, hooks, hookNames: () => hooks.map(([name]) => name) }
}

/** A memory store with some operations replaced. */
export function storeWith(replaced: Partial<DedupeStore>): DedupeStore {
  const store = memoryStore()
  const whole: DedupeStore = {
    name: 'faulty',
    shared: false,
    claim: (request) => store.claim(request),
    extend: (request) => store.extend(request),
    acknowledge: (request) => store.acknowledge(request),
    complete: (request) => store.complete(request),
    release: (request) => store.release(request),
    fail: (request) => store.fail(request),
    forget: (request) => store.forget(request),
  }
  return { ...whole, ...replaced }
}

export const hangs = () => new Promise<never>(() => undefined)
