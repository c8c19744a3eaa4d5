import type { Commit } from './call-store.js'
import { claimContract } from './claim-contract.js'
import { describeBreach, describeMoves, describeScenario } from './describe-trace.js'
import type { History } from './history.js'
import type { Transition } from './invariants.js'
import type { Scenario } from './move.js'
import { type CreateStore, rehearseHistories } from './rehearse-histories.js'
import type { Rule } from './rules.js'
import { historyOf, searchWorlds } from './search-worlds.js'

export type { Commit } from './call-store.js'
export type { CreateStore, SearchClock } from './rehearse-histories.js'

/** Options of {@link exploreClaims}. */
export interface ExploreClaimsOptions {
  /** Called for every history: thousands of times. A store on a server may be shared, under a new prefix of its keys. */
  readonly createStore: CreateStore
  /** How many deliveries of the event there are at the most. Default 3. */
  readonly attempts?: number
  /** How many of them are under way together. Default 2. */
  readonly workers?: number
  /** How many calls may go wrong. Default 1; each one more takes about four times as long. */
  readonly faults?: number
  /** How long a step of the clock is for the store, in milliseconds. Default 1,000: a lease of 2,000, a retention of 5,000. */
  readonly stepMs?: number
  /**
   * How many histories are gone through at once, by one clock. Default 1; over a network, more are faster by far. Stores over
   * one backend then need different keys.
   */
  readonly together?: number
  /**
   * `false` asks for all that a store remembers only after the first history of each kind, and after others only who may
   * claim when: a third of the calls. Default true.
   */
  readonly thorough?: boolean
  /**
   * For transactional stores: a transaction of its own around `store.completeIn`, committed where that answers true, else rolled
   * back. Default: no history has a transaction.
   */
  readonly commit?: Commit
}

/** What {@link exploreClaims} has seen. */
export interface Exploration {
  /** Different situations of workers, senders and records. */
  readonly states: number
  /** Ways from one to another, each of them checked. */
  readonly transitions: number
  /** Different series of calls that stores went through. */
  readonly histories: number
}

/** Something went wrong that must not; the message tells how, step by step. */
export class CounterexampleError extends Error {
  override name = 'CounterexampleError'
  /** The rule that was broken. */
  readonly rule: Rule
  /** What happened, a line each. Times are steps of the clock. */
  readonly trace: readonly string[]

  constructor(rule: Rule, scenario: Scenario, trace: readonly string[]) {
    super(`Broken: ${rule}\n(${describeScenario(scenario)})\n${trace.map((line) => `  ${line}`).join('\n')}`)
    this.rule = rule
    this.trace = trace
  }
}

const terms = { lease: 2, retention: 5 }
/** Acked work fails with its first release, so that exhaustion changes nothing there. */
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
 * Takes a store through everything that can happen to one event: attempts side by side, workers that crash or stall
 * anywhere, leases and retentions that end, calls that fail before or after they took effect or come late, with
 * and without `hold`, copies of a delivery, deferred work, exhaustion and, where it is told how to commit, transactions. Every answer is
 * checked against the contract of `DedupeStore`, and what the receiver makes of them against the rules (no event lost,
 * none run twice, ...).
 *
 * @throws CounterexampleError with the shortest series of events that breaks a rule
 *
 * @example
 * await exploreClaims({ createStore: (clock) => memoryStore({ now: clock.monotonic }) })
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
  /** Whatever workers make of them, histories with the same calls are the same for a store. */
  const rehearsed = { retry: new Set<string>(), hold: new Set<string>() }
  for (const { hold, deferred, transactional, exhausts, signed } of scenarios) {
    if (transactional && !commit) continue
    // The last attempt exhausts the event, so that earlier ones show what a plain release does.
    const exhaustAfter = exhausts ? Math.max(2, attempts) : undefined
    const scenario: Scenario = { ...terms, hold, signed, deferred, transactional, exhaustAfter, workers }
    // Copies are what goes wrong there.
    const bounds = { attempts, faults: signed ? 0 : faults }
    const kinds = new Set<string>()
    const waiting: History[] = []
    const rehearse = async () => {
      const breach = await rehearseHistories(createStore, waiting.splice(0), { ...scenario, stepMs, commit })
      if (!breach) return
      const trace = [...describeMoves(breach.moves.slice(0, breach.place)), ...describeBreach(breach)]
      throw new CounterexampleError(breach.rule, scenario, trace)
    }
    const search = await searchWorlds(scenario, bounds, claimContract, (path) => {
      const known = hold ? rehearsed.hold : rehearsed.retry
      if (path.move.call === undefined || known.has(path.calls)) return
      known.add(path.calls)
      const moves = historyOf(path)
      const kind = kindOf(moves)
      waiting.push({ moves, isProbed: thorough || !kinds.has(kind) })
      kinds.add(kind)
      return waiting.length < together ? undefined : rehearse()
    })
    if (waiting.length > 0) await rehearse()
    if (search.broken) {
      const { rule, path } = search.broken
      throw new CounterexampleError(rule, scenario, describeMoves(historyOf(path)))
    }
    states += search.states
    transitions += search.transitions
  }
  return { states, transitions, histories: rehearsed.retry.size + rehearsed.hold.size }
}

/** The same for histories with the same kinds of calls that leave the same record, as seen from their end. */
function kindOf(moves: readonly Transition[]): string {
  const operations = new Set(moves.flatMap(({ move: { call } }) => (call ? [call.operation] : [])))
  const { now = 0, record } = moves.at(-1)?.move.after ?? {}
  const times = record && [record.retainUntil - now, record.state === 'claimed' && record.leaseUntil - now]
  return JSON.stringify([[...operations].sort(), { ...record, retainUntil: 0, leaseUntil: 0 }, times])
}
