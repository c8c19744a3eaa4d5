import { randomUUID } from 'node:crypto'
import {
  createReceiver,
  type DedupeStore,
  type Delivery,
  type Outcome,
  type ReceiverOptions,
  type SecretInput,
} from '@countersign/core'
import type { AcceptedDelivery } from '@countersign/core/adapter'
import { visibuild } from '@countersign/core/schemes'
import type { FakeClock, SignedRequest } from '@countersign/testing'
import { createSender } from '@countersign/testing'
import { interceptStore } from './intercept-store.js'

const secret = 'contract-secret-of-thirty-two-ch'

/** Options of an endpoint, besides its store. */
export interface EndpointOptions
  extends Pick<
    ReceiverOptions,
    'onExpiredLease' | 'exhaustAfter' | 'retentionMs' | 'conflictStatus' | 'storeTimeoutMs'
  > {
  readonly clock: FakeClock
  readonly endpoint?: string
  readonly leaseMs?: number
  readonly secret?: SecretInput
}

/** A receiver over a store under test, and its sender. */
export interface ContractEndpoint {
  /** Signs a delivery of the event; with another secret, a forged one. */
  sign(
    event: string,
    options?: {
      readonly content?: string
      readonly secret?: string
      /** The number of the sender's attempt, each signed a second after the one before. Default 1. */
      readonly attempt?: number
    },
  ): SignedRequest
  /** Delivers the event; a delivery that is not refused runs the handler. */
  receive(event: string | SignedRequest, handler?: (delivery: Delivery) => unknown): Promise<Outcome>
  accept(event: string): Promise<AcceptedDelivery>
  /** How often the handler ran. */
  readonly runs: number
  /** How many renewals of a lease have ended, successfully or not. */
  readonly renewals: number
  /** The hooks that were called, with the code of the error if there was one. */
  readonly hookCalls: readonly string[]
}

/** Creates an endpoint for tickets as Visibuild sends them. */
export function createEndpoint(store: DedupeStore, options: EndpointOptions): ContractEndpoint {
  const { clock } = options
  const hookCalls: string[] = []
  const note =
    (hook: string) =>
    ({ code }: { readonly code: string | undefined }) =>
      void hookCalls.push(code ? `${hook} ${code}` : hook)
  let runs = 0
  let renewals = 0
  const countRenewal = async (call: () => unknown) => {
    try {
      return await call()
    } finally {
      renewals += 1
    }
  }
  const scheme = visibuild()
  const sender = createSender({ scheme, secret, now: clock.now })
  const receiver = createReceiver({
    endpoint: 'tickets',
    exhaustAfter: false,
    leaseMs: 30_000,
    retentionMs: 24 * 3_600_000,
    storeTimeoutMs: 60_000,
    ...options,
    secret: options.secret ?? secret,
    scheme,
    // The proxy makes each store unique, so that two receivers may use one store under the same name, like two processes.
    store: interceptStore(store, (operation, call) => (operation === 'extend' ? countRenewal(call) : call())),
    onDuplicate: note('onDuplicate'),
    onConflict: note('onConflict'),
    onHandled: note('onHandled'),
    onFailed: note('onFailed'),
    onExhausted: note('onExhausted'),
    onStoreError: note('onStoreError'),
    onWarning: () => {},
  })

  const endpoint: ContractEndpoint = {
    hookCalls,
    get runs() {
      return runs
    },
    get renewals() {
      return renewals
    },
    sign(event, { content = '', attempt = 1, ...by } = {}) {
      return sender.sign({
        ...by,
        timestamp: clock.now() + (attempt - 1) * 1000,
        body: JSON.stringify({ id: event, type: 'ticket.created', data: { content } }),
      })
    },
    receive(event, handler = () => {}) {
      const request = typeof event === 'string' ? endpoint.sign(event) : event
      return receiver.receive(request, (delivery) => {
        runs += 1
        return handler(delivery as Delivery)
      })
    },
    async accept(event) {
      const acceptance = await receiver.accept(endpoint.sign(event))
      if (!acceptance.accepted) throw new Error(`not accepted, but ${acceptance.outcome.type}`)
      runs += 1
      return acceptance as AcceptedDelivery
    },
  }
  return endpoint
}

/** The id of a new event. */
export function newEventId(): string {
  return randomUUID()
}

/** A promise, and functions to settle it. */
export function gate<T = void>(): {
  readonly promise: Promise<T>
  readonly open: (value: T) => void
  readonly fail: (error: Error) => void
} {
  let open: (value: T) => void = () => {}
  let fail: (error: Error) => void = () => {}
  const promise = new Promise<T>((resolve, reject) => {
    open = resolve
    fail = reject
  })
  return { promise, open, fail }
}
