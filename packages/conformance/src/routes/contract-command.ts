/** What the next delivery that reaches the user's code meets there. By default it ends at once, with status 200. */
export interface ContractRun {
  /** Waits until this gate is opened. */
  readonly gate?: string
  /** The status with which a route of the form `answers` ends. */
  readonly status?: number
  /** What a route of the form `handles` returns: a web `Response`. Its body is text in Latin-1, a character for each byte. */
  readonly answers?: {
    readonly status: number
    readonly headers?: readonly (readonly [name: string, value: string])[]
    readonly body?: string
  }
  /** Throws: an error, an error for good (`WebhookPermanentError`), or what is no error. */
  readonly throws?: 'error' | 'permanent' | 'text'
  /** Defers work that waits at this gate. */
  readonly defers?: string
  /** The deferred work fails at its end. */
  readonly deferredFails?: boolean
  /** Writes its completion into a transaction, which is then committed or rolled back. */
  readonly transaction?: 'committed' | 'rolled-back'
}

/** Operations of a store that a case may hold or let fail. */
export type ContractOperation = 'claim' | 'acknowledge' | 'complete' | 'release'

/** What has happened on a route, in its order. */
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
  /** Something waits at a gate. */
  | { readonly type: 'held'; readonly gate: string }
  /** The secret resolver was asked. */
  | { readonly type: 'asked'; readonly method: string; readonly url: string; readonly host: string | null }
  | { readonly type: 'warned'; readonly message: string }

/** A delivery as the user's code got it. */
export interface ContractDelivery {
  readonly secretId: string
  readonly id: string | null
  readonly event: string | null
  /** Milliseconds since the epoch. */
  readonly timestamp: number | null
  readonly attempt: number
  /** SHA-256 of the raw body, in hex. */
  readonly digest: string
  readonly bytes: number
  /** The payload as JSON; null where it is bytes. */
  readonly payload: string | null
}

/** What the suite tells the server half. All of it is JSON. */
export type ContractCommand =
  /** Makes a route as new: nothing remembered, nothing planned, every gate open. */
  | { readonly do: 'reset'; readonly path: string }
  /** Sets the route's clock. */
  | { readonly do: 'set-now'; readonly path: string; readonly now: number }
  /** Plans what the next deliveries meet, in the order in which they reach the user's code. */
  | { readonly do: 'plan'; readonly path: string; readonly runs: readonly ContractRun[] }
  /** From now on an operation of the store waits at a gate, or fails. */
  | {
      readonly do: 'disturb'
      readonly path: string
      readonly operation: ContractOperation | 'secret' | 'verifier'
      readonly gate?: string
    }
  /** Lets through whatever waits at a gate or comes to it. */
  | { readonly do: 'open'; readonly path: string; readonly gate: string }
  /** Answers when the log holds so many entries of a type, or after `limitMs`: with the log as it is then. */
  | {
      readonly do: 'wait'
      readonly path: string
      readonly type: ContractEntry['type']
      readonly count: number
      readonly limitMs: number
    }
  /** Answers with the log, and empties it. */
  | { readonly do: 'take'; readonly path: string }
  /** Answers with the paths of all routes whose options are no longer what they were. */
  | { readonly do: 'list-changed-options' }
