import type { DedupeStore } from '@countersign/core'
import { callStore, type StoreTerms } from './call-store.js'
import type { Answer, ClaimRecord, StoreCall } from './claim-contract.js'
import type { History, Violation } from './history.js'
import type { Transition } from './invariants.js'
import { judgeAnswer } from './judge-answer.js'
import { listProbes, type Probe } from './list-probes.js'

type MaybeViolation = Violation | undefined

/**
 * Runs a history on a store, in as many copies as there are series of probes, and then one series of probes on each copy.
 */
export class HistoryRun {
  readonly #store: DedupeStore
  readonly #moves: readonly Transition[]
  readonly #terms: StoreTerms
  readonly #series: readonly (readonly Probe[])[]
  /** How many of its moves have been made. */
  #place = 0
  #now = 0

  constructor(store: DedupeStore, { moves, isProbed }: History, terms: StoreTerms) {
    this.#store = store
    this.#moves = moves
    this.#terms = terms
    const last = moves.at(-1)?.move.after
    const callers = new Set(moves.flatMap(({ move: { call } }) => (call ? [call.attempt] : [])))
    const transactional = terms.commit !== undefined && isProbed
    const series = last ? listProbes({ ...last, terms, transactional, callers: [...callers] }) : []
    this.#series = isProbed ? series : series.slice(0, 1)
  }

  /** The time of its last probe. */
  get lastTime(): number {
    return Math.max(0, ...this.#series.map((probes) => probes.at(-1)?.now ?? 0))
  }

  /** Makes all calls up to this time. A synchronous answer is not awaited, because most of a search's time is spent here. */
  async runTo(now: number): Promise<MaybeViolation> {
    this.#now = now
    const moves = this.#moves
    for (; (moves[this.#place]?.move.after.now ?? now + 1) <= now; this.#place++) {
      const { before, move } = moves[this.#place] as Transition
      const { call, answer } = move
      if (call === undefined) continue
      const found = findFirst(this.#series.map((_, copy) => this.#ask(copy, call, before.record, answer)))
      const violation = found instanceof Promise ? await found : found
      if (violation) return violation
    }
    const due = this.#series.map((probes) => probes.filter((probe) => probe.now === now))
    const turns = this.#place < moves.length ? 0 : Math.max(...due.map(({ length }) => length))
    for (let turn = 0; turn < turns; turn++) {
      const asked = due.map((probes, copy) => {
        const probe = probes[turn]
        return probe && this.#ask(copy, probe.call, probe.record, probe.expected, probe)
      })
      const found = findFirst(asked)
      const violation = found instanceof Promise ? await found : found
      if (violation) return violation
    }
    return undefined
  }

  #ask(
    copy: number,
    call: StoreCall,
    record: ClaimRecord,
    expected: Answer,
    probe?: Probe,
  ): MaybeViolation | Promise<MaybeViolation> {
    const series = this.#series[copy] ?? []
    const moves = this.#moves
    const [place, now] = [this.#place, this.#now]
    const judge = (actual: unknown): MaybeViolation => {
      const rule = judgeAnswer({ call, record, expected, actual }, this.#terms.stepMs)
      if (!rule) return undefined
      const asked = probe ? series.slice(0, series.indexOf(probe)) : []
      return { rule, call, record, expected, actual, moves, place, now, asked }
    }
    try {
      const actual = callStore(this.#store, `event-${copy}`, call, this.#terms)
      return isThenable(actual) ? Promise.resolve(actual).then(judge, judge) : judge(actual)
    } catch (error) {
      return judge(error)
    }
  }
}

function findFirst(
  asked: readonly (MaybeViolation | Promise<MaybeViolation>)[],
): MaybeViolation | Promise<MaybeViolation> {
  return asked.some(isThenable)
    ? Promise.all(asked).then((judged) => judged.find(Boolean))
    : (asked as readonly MaybeViolation[]).find(Boolean)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value
}
