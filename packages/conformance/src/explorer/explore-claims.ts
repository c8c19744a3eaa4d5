import type { Commit } from './call-store.js'
import { claimContract } from './claim-contract.js'
import { describeMoves, describeScenario, describeViolation } from './describe-trace.js'
import type { History } from './history.js'
import type { Transition } from './invariants.js'
import type { Scenario } from './move.js'
import type { Rule } from './rules.js'
import { type CreateStore, runHistories } from './run-histories.js'
import { listTransitions, searchWorlds } from './search-worlds.js'

export type { Commit } from './call-store.js'
export type { CreateStore, SearchClock } from './run-histories.js'

/** Options of {@link exploreClaims}. */
export interface ExploreClaimsOptions {
  /** Creates a store without records. Called for every history, thousands of times: over a server, return one store with a new key prefix each time. */
  readonly createStore: CreateStore
  /** The largest number of deliveries of the event. Default 3. */
  readonly attempts?: number
  /** How many of them run at the same time. Default 2. */
  readonly workers?: number
  /** How many calls may fail. Default 1; each additional one takes about four times as long. */
  readonly faults?: number
  /** The length of a step of the clock for the store, in milliseconds. Default 1,000: a lease of 2,000 and a retention of 5,000. */
  readonly stepMs?: number
  /**
   * How many histories run at once, with one clock. Default 1; over a network, more are much faster. Stores over one backend then
   * need different keys.
   */
  readonly together?: number
  /**
   * Whether to check everything a store remembers after every history. With `false`, only after the first history of each kind, and
   * after others only when the next claim is granted: a third of the calls. Default true.
   */
  readonly thorough?: boolean
  /**
   * For transactional stores: calls `store.completeIn` in a new transaction, commits if it answers true, and rolls back otherwise.
   * Default: no history has a transaction.
   */
  readonly commit?: Commit
}

/** The size of an exploration by {@link exploreClaims}. */
export interface Exploration {
  /** How many different states of workers, senders and records were reached. */
  readonly states: number
  /** How many transitions between them were checked. */
  readonly transitions: number
  /** How many different series of calls were run on stores. */
  readonly histories: number
}

/**
 * Thrown by {@link exploreClaims} if a store breaks a rule. The message lists what happened, step by step.
 *
 * @example
 * import { CounterexampleError, exploreClaims } from '@countersign/conformance'
 * import { memoryStore } from '@countersign/core'
 *
 * try {
 *   await exploreClaims({ createStore: (clock) => memoryStore({ now: clock.monotonic }) })
 * } catch (error) {
 *   if (!(error instanceof CounterexampleError)) throw error
 *   console.error(error.rule, error.trace)
 * }
 */
export class CounterexampleError extends Error {
  override name = 'CounterexampleError'
  /** The rule that was broken. */
  readonly rule: Rule
  /** What happened, one line for each step. Times are steps of the clock. */
  readonly trace: readonly string[]

  constructor(rule: Rule, scenario: Scenario, trace: readonly string[]) {
    super(`Broken: ${rule}\n(${describeScenario(scenario)})\n${trace.map((line) => `  ${line}`).join('\n')}`)
    this.rule = rule
    this.trace = trace
  }
}

const terms = { lease: 2, retention: 5 }
/** Acked work fails with its first release, so that a limit of attempts changes nothing there. */
const plain = { hold: false, signed: false, deferred: false, transactional: false, exhausts: false }
const scenarios = [
  { ...plain, exhausts: true },
  { ...plain, exhausts: true, signed: true },
  { ...plain, hold: true },
  { ...plain, hold: true, deferred: true },
  { ...plain, deferred: true },
  { ...plain, transactional: true },
  { ...plain, hold: true, transactional: true },
]

/**
 * Runs a store through everything that can happen to one event: concurrent attempts, workers that crash or stall at any point, leases
 * and retentions that end, calls that fail before or after they take effect or arrive late, with and without `hold`, copies of a
 * delivery, deferred work, a limit of attempts and, with `commit`, transactions. Checks every answer against the contract of
 * `DedupeStore`, and what the receiver does with them against the rules (no event lost, none run twice, ...).
 *
 * @throws CounterexampleError with the shortest series of steps that breaks a rule
 *
 * @example
 * import { exploreClaims } from '@countersign/conformance'
 * import { memoryStore } from '@countersign/core'
 *
 * const { histories } = await exploreClaims({ createStore: (clock) => memoryStore({ now: clock.monotonic }) })
 * console.log(`${histories} histories, none breaks a rule`)
 */
export async function exploreClaims(options: ExploreClaimsOptions): Promise<Exploration> {
  const {
    createStore,
    attempts = 3,
    workers = 2,
    faults = 1,
    stepMs = 1_000,
    together = 1,
    thorough = true,
    commit,
  } = options
  let states = 0
  let transitions = 0
  /** Histories with the same calls are the same for a store, whatever workers do with the answers. */
  const explored = { retry: new Set<string>(), hold: new Set<string>() }
  for (const { hold, deferred, transactional, exhausts, signed } of scenarios) {
    if (transactional && !commit) continue
    // Only the last attempt reaches the limit, so that earlier ones show what a plain release does.
    const exhaustAfter = exhausts ? Math.max(2, attempts) : undefined
    const scenario: Scenario = { ...terms, hold, signed, deferred, transactional, exhaustAfter, workers }
    // With signed times, the copies take the place of faults.
    const bounds = { attempts, faults: signed ? 0 : faults }
    const kinds = new Set<string>()
    const waiting: History[] = []
    const runWaiting = async () => {
      const violation = await runHistories(createStore, waiting.splice(0), { ...scenario, stepMs, commit })
      if (!violation) return
      const trace = [
        ...describeMoves(violation.moves.slice(0, violation.place)),
        ...describeViolation(violation),
      ]
      throw new CounterexampleError(violation.rule, scenario, trace)
    }
    const search = await searchWorlds(scenario, bounds, claimContract, (path) => {
      const known = hold ? explored.hold : explored.retry
      if (path.move.call === undefined || known.has(path.calls)) return
      known.add(path.calls)
      const moves = listTransitions(path)
      const kind = kindOf(moves)
      waiting.push({ moves, isProbed: thorough || !kinds.has(kind) })
      kinds.add(kind)
      return waiting.length < together ? undefined : runWaiting()
    })
    if (waiting.length > 0) await runWaiting()
    if (search.broken) {
      const { rule, path } = search.broken
      throw new CounterexampleError(rule, scenario, describeMoves(listTransitions(path)))
    }
    states += search.states
    transitions += search.transitions
  }
  return { states, transitions, histories: explored.retry.size + explored.hold.size }
}

/** The same text for histories with the same kinds of calls that end with the same record. */
function kindOf(moves: readonly Transition[]): string {
  const operations = new Set(moves.flatMap(({ move: { call } }) => (call ? [call.operation] : [])))
  const { now = 0, record } = moves.at(-1)?.move.after ?? {}
  const times = record && [record.retainUntil - now, record.state === 'claimed' && record.leaseUntil - now]
  return JSON.stringify([[...operations].sort(), { ...record, retainUntil: 0, leaseUntil: 0 }, times])
}
