/** How the user's code treats the next delivery that reaches it. By default it ends at once, with status 200. */
export interface ContractRun {
  /** Waits until this gate is open. */
  readonly gate?: string
  /** The status that a route of the form `answers` returns. Default 200. */
  readonly status?: number
  /** The web `Response` that a route of the form `handles` returns. Its body is Latin-1 text, one character for each byte. */
  readonly answers?: {
    readonly status: number
    readonly headers?: readonly (readonly [name: string, value: string])[]
    readonly body?: string
  }
  /** Throws an error, a `WebhookPermanentError`, or a string. */
  readonly throws?: 'error' | 'permanent' | 'text'
  /** Defers work that waits until this gate is open. */
  readonly defers?: string
  /** Whether the deferred work fails at its end. Default false. */
  readonly deferredFails?: boolean
  /** Completes the delivery in a transaction, which is then committed or rolled back. */
  readonly transaction?: 'committed' | 'rolled-back'
}

/** The operations of a store that a case may hold or make fail. */
export type ContractOperation = 'claim' | 'acknowledge' | 'complete' | 'release'

/** An entry of a route's log, which is in the order of events. */
export type ContractEntry =
  | { readonly type: 'ran'; readonly delivery: ContractDelivery }
  | {
      readonly type: 'rejected'
      readonly code: string | null
      readonly authentic: boolean
      readonly durationMs: number
    }
  | {
      readonly type: 'duplicate' | 'conflict' | 'handled' | 'failed' | 'exhausted' | 'store-error'
      readonly code: string | null
    }
  /** The user's code or an operation waits at a gate. */
  | { readonly type: 'held'; readonly gate: string }
  /** The secret resolver was called. */
  | { readonly type: 'asked'; readonly method: string; readonly url: string; readonly host: string | null }
  | { readonly type: 'warned'; readonly message: string }

/** A delivery, as the user's code received it. */
export interface ContractDelivery {
  /** The id of the secret that verified it. */
  readonly secretId: string
  /** The delivery id, or null if the scheme has none. */
  readonly id: string | null
  /** The name of the event, or null if it has none. */
  readonly event: string | null
  /** The signed time in milliseconds since the epoch, or null if the scheme signs none. */
  readonly timestamp: number | null
  /** The number of the attempt, from 1. */
  readonly attempt: number
  /** SHA-256 of the raw body, in hex. */
  readonly digest: string
  /** The length of the raw body in bytes. */
  readonly bytes: number
  /** The payload as JSON, or null if it is bytes. */
  readonly payload: string | null
}

/** A command of the suite to the program under test. All of it is JSON. */
export type ContractCommand =
  /** Resets a route: its store, its plans, its log and its gates. */
  | { readonly do: 'reset'; readonly path: string }
  /** Sets the route's clock, in milliseconds since the epoch. */
  | { readonly do: 'set-now'; readonly path: string; readonly now: number }
  /** Plans how the next deliveries run, in the order in which they reach the user's code. */
  | { readonly do: 'plan'; readonly path: string; readonly runs: readonly ContractRun[] }
  /** From now on, an operation waits at a gate, or fails if no gate is given. */
  | {
      readonly do: 'disturb'
      readonly path: string
      readonly operation: ContractOperation | 'secret' | 'verifier'
      readonly gate?: string
    }
  /** Opens a gate, now and for what reaches it later. */
  | { readonly do: 'open'; readonly path: string; readonly gate: string }
  /** Answers with the log once it has `count` entries of a type, or after `limitMs`. */
  | {
      readonly do: 'wait'
      readonly path: string
      readonly type: ContractEntry['type']
      readonly count: number
      readonly limitMs: number
    }
  /** Answers with the log and clears it. */
  | { readonly do: 'take'; readonly path: string }
  /** Answers with the paths of all routes whose options were changed. */
  | { readonly do: 'list-changed-options' }
