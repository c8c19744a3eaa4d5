import type { DedupeStore } from '@countersign/core'
import { callStore, type StoreTerms } from './call-store.js'
import type { Answer, ClaimRecord, StoreCall } from './claim-contract.js'
import type { Breach, History } from './history.js'
import type { Transition } from './invariants.js'
import { judgeAnswer } from './judge-answer.js'
import { type Probe, probesOf } from './probes.js'

type Found = Breach | undefined

/**
 * A history that a store goes through, in as many copies as there are series of probes, and then the probes, a series for each
 * copy.
 */
export class Rehearsal {
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
    const series = last ? probesOf({ ...last, terms, transactional, callers: [...callers] }) : []
    this.#series = isProbed ? series : series.slice(0, 1)
  }

  /** When its last probe is made. */
  get lastTime(): number {
    return Math.max(0, ...this.#series.map((probes) => probes.at(-1)?.now ?? 0))
  }

  /** Makes all calls of this time. A store that answers at once is not waited for: this is most of what a search does. */
  async goOn(now: number): Promise<Found> {
    this.#now = now
    const moves = this.#moves
    for (; (moves[this.#place]?.move.after.now ?? now + 1) <= now; this.#place++) {
      const { before, move } = moves[this.#place] as Transition
      const { call, answer } = move
      if (call === undefined) continue
      const found = firstOf(this.#series.map((_, copy) => this.#ask(copy, call, before.record, answer)))
      const breach = found instanceof Promise ? await found : found
      if (breach) return breach
    }
    const due = this.#series.map((probes) => probes.filter((probe) => probe.now === now))
    const turns = this.#place < moves.length ? 0 : Math.max(...due.map(({ length }) => length))
    for (let turn = 0; turn < turns; turn++) {
      const asked = due.map((probes, copy) => {
        const probe = probes[turn]
        return probe && this.#ask(copy, probe.call, probe.record, probe.expected, probe)
      })
      const found = firstOf(asked)
      const breach = found instanceof Promise ? await found : found
      if (breach) return breach
    }
    return undefined
  }

  #ask(
    copy: number,
    call: StoreCall,
    record: ClaimRecord,
    expected: Answer,
    probe?: Probe,
  ): Found | Promise<Found> {
    const series = this.#series[copy] ?? []
    const moves = this.#moves
    const [place, now] = [this.#place, this.#now]
    const judge = (actual: unknown): Found => {
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

function firstOf(asked: readonly (Found | Promise<Found>)[]): Found | Promise<Found> {
  return asked.some(isThenable)
    ? Promise.all(asked).then((judged) => judged.find(Boolean))
    : (asked as readonly Found[]).find(Boolean)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value
}
