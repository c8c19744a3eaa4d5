import { claimContract } from './claim-contract.js'
import { describeBreach, describeMoves, describeScenario } from './describe-trace.js'
import type { Transition } from './invariants.js'
import type { Scenario } from './move.js'
import { type CreateStore, rehearseHistory } from './rehearse-history.js'
import type { Rule } from './rules.js'
import { historyOf, searchWorlds } from './search-worlds.js'

export type { CreateStore, SearchClock } from './rehearse-history.js'

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
const scenarios = [
  { hold: false, deferred: false, exhausts: true },
  { hold: true, deferred: false, exhausts: false },
  { hold: true, deferred: true, exhausts: false },
  { hold: false, deferred: true, exhausts: false },
]

/**
 * Takes a store through everything that can happen to one event: attempts side by side, workers that crash or stall
 * anywhere, leases and retentions that end, calls that fail before or after they took effect or come late, with
 * and without `hold`, deferred work and exhaustion. Every answer is checked against the contract of `DedupeStore`,
 * and what the receiver makes of them against the rules (no event lost, none run twice, ...).
 *
 * @throws CounterexampleError with the shortest series of events that breaks a rule
 *
 * @example
 * await exploreClaims({ createStore: (clock) => memoryStore({ now: clock.monotonic }) })
 */
export async function exploreClaims(options: ExploreClaimsOptions): Promise<Exploration> {
  const { createStore, attempts = 3, workers = 2, faults = 1, stepMs = 1_000 } = options
  let states = 0
  let transitions = 0
  let histories = 0
  for (const { hold, deferred, exhausts } of scenarios) {
    // The last attempt exhausts the event, so that earlier ones show what a plain release does.
    const exhaustAfter = exhausts ? Math.max(2, attempts) : undefined
    const scenario: Scenario = { ...terms, hold, deferred, exhaustAfter, workers }
    const rehearsed = new Set<string>()
    const rehearse = async (history: readonly Transition[]) => {
      const breach = await rehearseHistory(createStore, history, { ...scenario, stepMs })
      if (!breach) return
      const trace = [...describeMoves(history.slice(0, breach.place)), describeBreach(breach)]
      throw new CounterexampleError(breach.rule, scenario, trace)
    }
    const search = await searchWorlds(scenario, { attempts, faults }, claimContract, (path) => {
      if (path.move.call === undefined || rehearsed.has(path.calls)) return
      rehearsed.add(path.calls)
      return rehearse(historyOf(path))
    })
    if (search.broken) {
      const { rule, path } = search.broken
      throw new CounterexampleError(rule, scenario, describeMoves(historyOf(path)))
    }
    states += search.states
    transitions += search.transitions
    histories += rehearsed.size
  }
  return { states, transitions, histories }
}
