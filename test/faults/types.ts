// The types that the parts of the fault test share. The programs are plain JavaScript.
import type { DeliveryRecord } from '@countersign/core'
import type { InspectableStore } from '@countersign/core/stores'

export type StoreName = 'redis' | 'postgres' | 'sqlite'

/** Where the effect is written: to a separate file, or in the same transaction as the completion. */
export type Form = 'plain' | 'transactional'

/** The options of the command line. */
export interface Options {
  readonly runs: readonly { readonly store: StoreName; readonly form: Form }[]
  readonly seeds: readonly number[]
  readonly events: number
  readonly isQuick: boolean
  readonly flaw: string | undefined
  /** Keeps the run's folder. */
  readonly keep: boolean
}

/** Settings that all processes of a run share. */
export interface RunSettings {
  readonly store: StoreName
  readonly form: Form
  readonly seed: number
  readonly events: number
  /** How many times faster than in production the sender's schedule runs. */
  readonly speed: number
  /** The time over which the first attempts are spread. */
  readonly spreadMs: number
  /** The maximum number of deliveries at once. */
  readonly concurrency: number
  readonly answerTimeoutMs: number
  readonly leaseMs: number
  readonly storeTimeoutMs: number
  /** About how many kills each place in the code causes in one run. */
  readonly killsPerPlace: number
  readonly outsideKills: number
  readonly restarts: number
  readonly slowSpells: number
  readonly deadlineMs: number
  readonly flaw: string | undefined
}

/** The settings that a receiver process gets. */
export interface ReceiverSettings {
  readonly run: RunSettings
  readonly secret: string
  /** The number of the receiver, and the number of its process. */
  readonly slot: number
  readonly life: number
  readonly ledgerFile: string
  readonly journalFile: string
  readonly backend: Readonly<Record<string, string>>
}

/** An event as the sender plans it. */
export interface PlannedEvent {
  readonly id: string
  readonly body: string
  readonly startMs: number
  /** The first attempt goes to two receivers at once. */
  readonly isDoubled: boolean
  /** How many copies of the first attempt a third party sends while it is running. */
  readonly copies: number
  /** How long after the 2xx the same bytes are sent again. */
  readonly replayAfterMs: number | undefined
}

/** One request of the sender and its result. */
export interface SentDelivery {
  /** 1 for the first; 0 for a replay or a copy. */
  readonly attempt: number
  readonly slot: number
  readonly sentAt: number
  readonly endedAt: number
  /** Undefined if there was no answer. */
  readonly status: number | undefined
  /** The answer's body, or why there was none. */
  readonly answer: string
}

/** An event and all requests that the sender made for it. */
export interface SentEvent {
  readonly id: string
  readonly deliveries: SentDelivery[]
  isAccepted: boolean
  isOver: boolean
}

/** An effect in the ledger. */
export interface Effect {
  readonly event: string
  readonly attempt: number
  /** Slot and life of the process that wrote it. */
  readonly process: string
  readonly at: number
}

export type JournalKind =
  | 'claim'
  | 'extend'
  | 'acknowledge'
  | 'complete'
  | 'complete-in'
  | 'committed'
  | 'confirm'
  | 'release'
  | 'fail'
  | 'effect'
  | 'handler-failed'
  | 'store-error'
  | 'kill'
  | 'answered'

/** A point that a receiver reached. Times are of the machine's monotonic clock, in milliseconds. */
export interface JournalEntry {
  readonly at: number
  readonly process: string
  readonly kind: JournalKind
  readonly event: string
  /** The number of the claim, or 0 if unknown. */
  readonly attempt: number
  /** What the store answered, an error's code, the place of a kill. */
  readonly detail: string
  /** When the operation began. */
  readonly began: number
}

/** A fault from outside, at its time after the start. */
export interface PlannedFault {
  readonly kind: 'kill' | 'restart' | 'slow'
  readonly atMs: number
  readonly slot: number
  /** How long the store is down or slow. */
  readonly forMs: number
  /** From 0 to 1: selects one of the ways in which a store can be slow. */
  readonly way: number
}

/** Everything known about a run after its end. */
export interface Evidence {
  readonly form: Form
  readonly leaseMs: number
  readonly events: readonly SentEvent[]
  readonly effects: readonly Effect[]
  readonly journal: readonly JournalEntry[]
  /** The store's records by event. */
  readonly records: ReadonlyMap<string, DeliveryRecord>
  /** Processes that were killed. */
  readonly killed: ReadonlySet<string>
  /** Processes that exited by themselves, and how. */
  readonly broken: readonly string[]
}

/** A broken rule. */
export interface Violation {
  readonly rule: string
  readonly event: string | undefined
  readonly text: string
}

/** The result of a run. */
export interface Verdict {
  readonly violations: readonly Violation[]
  readonly lost: number
  /** Counts by cause. */
  readonly doubles: Readonly<Record<string, number>>
  readonly kept: number
  /** Events answered 2xx although the store failed at the completion, as docs/flow.md says. */
  readonly unrecorded: number
}

/** A store's server or file, with the functions that damage it. */
export interface Backend {
  readonly settings: Readonly<Record<string, string>>
  /** Empties it. */
  prepare(): Promise<void>
  openStore(): Promise<{ store: InspectableStore; close: () => Promise<void> }>
  /** The effects in its table, for the transactional form. */
  readEffects(): Promise<Effect[]>
  restart(downMs: number): Promise<void>
  slowDown(forMs: number, way: number): Promise<void>
  stop(): Promise<void>
}
