import { randomUUID } from 'node:crypto'
import {
  type Acceptance,
  createReceiver,
  type DedupeStore,
  type Delivery,
  type Outcome,
  type ReceiverOptions,
  type SecretInput,
} from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import type { FakeClock, SignedRequest } from '@countersign/testing'
import { createSender } from '@countersign/testing'
import { interceptStore } from './intercept-store.js'

const secret = 'contract-secret-of-thirty-two-ch'

/** What an endpoint of a case is set up with, beside its store. */
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
  /** A delivery of the event by its sender, or of somebody else's making. */
  sign(
    event: string,
    options?: {
      readonly content?: string
      readonly secret?: string
      /** The sender's attempt of this number, a second after the one before; default 1. */
      readonly attempt?: number
    },
  ): SignedRequest
  /** The event is delivered. The handler: what is done with it, where it is. */
  receive(event: string | SignedRequest, handler?: (delivery: Delivery) => unknown): Promise<Outcome>
  accept(event: string): Promise<Extract<Acceptance, { accepted: true }>>
  /** How often a handler ran. */
  readonly runs: number
  /** How many renewals of a lease have ended, well or not. */
  readonly renewals: number
  /** What hooks were told, with the code of the error where there was one. */
  readonly told: readonly string[]
}

/** An endpoint for tickets as Visibuild sends them. */
export function contractEndpoint(store: DedupeStore, options: EndpointOptions): ContractEndpoint {
  const { clock } = options
  const told: string[] = []
  const note =
    (hook: string) =>
    ({ code }: { readonly code: string | undefined }) =>
      void told.push(code ? `${hook} ${code}` : hook)
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
    // Two receivers may use one store here: as two processes do, which share no names.
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
    told,
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
      return acceptance as Extract<Acceptance, { accepted: true }>
    },
  }
  return endpoint
}

/** The id of an event that nobody has heard of. */
export function newEvent(): string {
  return randomUUID()
}

/** A promise, and the way to settle it. */
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
