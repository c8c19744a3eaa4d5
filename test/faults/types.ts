// What the parts of the fault test pass to each other. Types alone: the programs are plain JavaScript.
import type { DeliveryRecord } from '@countersign/core'
import type { InspectableStore } from '@countersign/core/stores'

export type StoreName = 'redis' | 'postgres' | 'sqlite'

/** Where the effect goes: into a file beside the store, or into the same transaction as the completion. */
export type Form = 'plain' | 'transactional'

/** What the command line asks for. */
export interface Options {
  readonly runs: readonly { readonly store: StoreName; readonly form: Form }[]
  readonly seeds: readonly number[]
  readonly events: number
  readonly isQuick: boolean
  readonly flaw: string | undefined
  /** Leaves the run's folder for a look into it. */
  readonly keep: boolean
}

/** What is the same for all processes of a run. */
export interface RunSettings {
  readonly store: StoreName
  readonly form: Form
  readonly seed: number
  readonly events: number
  /** How many times faster than the sender's own the clock of its schedule goes. */
  readonly speed: number
  /** Over how long the first attempts are spread. */
  readonly spreadMs: number
  /** How many deliveries are under way at once, at the most. */
  readonly concurrency: number
  readonly answerTimeoutMs: number
  readonly leaseMs: number
  readonly storeTimeoutMs: number
  /** How many times each place of a receiver is to kill it, about. */
  readonly killsPerPlace: number
  readonly outsideKills: number
  readonly restarts: number
  readonly slowSpells: number
  readonly deadlineMs: number
  readonly flaw: string | undefined
}

/** What a receiver process is told. */
export interface ReceiverSettings {
  readonly run: RunSettings
  readonly secret: string
  /** Which of the receivers it is, and which process of that receiver. */
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
  /** So many copies of the first attempt come from somebody else while it is under way. */
  readonly copies: number
  /** So long after its 2xx the same bytes come again. */
  readonly replayAfterMs: number | undefined
}

/** One request of the sender's and what came of it. */
export interface SentDelivery {
  /** 1 for the first; 0 for a replay, and for a copy. */
  readonly attempt: number
  readonly slot: number
  readonly sentAt: number
  readonly endedAt: number
  /** Undefined where there was no answer. */
  readonly status: number | undefined
  /** The answer's body, or why there was none. */
  readonly answer: string
}

/** An event as the sender has left it. */
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
  /** Slot and life of the process that had it. */
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
  /** The claim's number; 0 where it is not known. */
  readonly attempt: number
  /** What the store answered, an error's code, the place of a kill. */
  readonly detail: string
  /** When the operation was begun. */
  readonly began: number
}

/** A fault from outside, at its time after the start. */
export interface PlannedFault {
  readonly kind: 'kill' | 'restart' | 'slow'
  readonly atMs: number
  readonly slot: number
  /** How long the store is gone or slow. */
  readonly forMs: number
  /** From 0 to 1: which of a store's ways to be slow. */
  readonly way: number
}

/** All that is known of a run when it has ended. */
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
  /** Processes that ended by themselves, and how. */
  readonly broken: readonly string[]
}

/** Something that must not be. */
export interface Violation {
  readonly rule: string
  readonly event: string | undefined
  readonly text: string
}

/** What was found in a run. */
export interface Verdict {
  readonly violations: readonly Violation[]
  readonly lost: number
  /** By their cause. */
  readonly doubles: Readonly<Record<string, number>>
  readonly kept: number
  /** Answered 2xx although the store failed at the completion, as docs/flow.md says. */
  readonly unrecorded: number
}

/** A store's server, or its file, with the means to harm it. */
export interface Backend {
  readonly settings: Readonly<Record<string, string>>
  /** Empties it. */
  prepare(): Promise<void>
  openStore(): Promise<{ store: InspectableStore; close: () => Promise<void> }>
  /** The effects in its table; for the transactional form. */
  readEffects(): Promise<Effect[]>
  restart(downMs: number): Promise<void>
  slowDown(forMs: number, way: number): Promise<void>
  stop(): Promise<void>
}
