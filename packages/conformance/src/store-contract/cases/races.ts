import { deepEqual, equal, ok } from 'node:assert/strict'
import type { DedupeStore } from '@countersign/core'
import { type Claimant, claimAll, claimantOf, crowdOf, leaseMs } from '../claimant.js'
import type { StoreCase, StoreTools } from '../store-case.js'

const rounds = 20
const rivals = 20

interface Race<T> {
  readonly settled: T
  /** Those who got the claim. */
  readonly winners: readonly Claimant[]
}

/** A claimed event, round by round: its owner settles it while others claim. */
async function race<T>(
  { stores, clock }: StoreTools,
  options: {
    readonly passMs: number
    readonly settle: (owner: Claimant) => Promise<T>
    readonly judge: (race: Race<T>, next: Claimant) => Promise<void> | void
  },
): Promise<void> {
  const instances = await stores(4)
  for (let round = 0; round < rounds; round++) {
    const key = `event ${round}`
    const [store] = instances as readonly [DedupeStore]
    const owner = claimantOf(instances[round % instances.length] ?? store, { key })
    equal((await owner.claim()).state, 'claimed')
    await clock.advance(options.passMs)
    const crowd = crowdOf(instances, rivals, key)
    const half = crowd.slice(0, rivals / 2)
    const first = claimAll(half)
    const settling = options.settle(owner)
    const [early, settled, late] = await Promise.all([first, settling, claimAll(crowd.slice(rivals / 2))])
    const results = [...early, ...late]
    const winners = crowd.filter((_, index) => results[index]?.state === 'claimed')
    ok(winners.length <= 1, `${winners.length} claims were granted`)
    const counted = results.filter(({ state }) => state !== 'in-progress')
    const attempts = counted.map((result) => result.attempts)
    equal(new Set(attempts).size, attempts.length, `attempts counted twice: ${attempts}`)
    await options.judge({ settled, winners }, claimantOf(store, { key }))
  }
}

export const raceCases: readonly StoreCase[] = [
  {
    name: 'a release races with claims: one of them is granted, or the next one',
    run: (tools) =>
      race(tools, {
        passMs: 0,
        settle: (owner) => owner.release(),
        async judge({ settled, winners }, next) {
          equal(settled, 'released')
          equal((await next.claim()).state, winners.length === 1 ? 'in-progress' : 'claimed')
        },
      }),
  },
  {
    name: 'a completion races with claims after the lease: it counts, or one of them took over, never both',
    run: (tools) =>
      race(tools, {
        passMs: leaseMs,
        settle: (owner) => owner.complete(),
        async judge({ settled, winners }, next) {
          equal(settled, winners.length === 0)
          equal((await next.claim()).state, settled ? 'completed' : 'in-progress')
        },
      }),
  },
  {
    name: 'an extension races with claims after the lease: it counts, or one of them took over, never both',
    run: (tools) =>
      race(tools, {
        passMs: leaseMs,
        settle: (owner) => owner.extend(),
        async judge({ settled, winners }, next) {
          equal(settled, winners.length === 0)
          equal((await next.claim()).state, 'in-progress')
        },
      }),
  },
  {
    name: 'a failure races with claims after the lease: it counts, or one of them took over, never both',
    run: (tools) =>
      race(tools, {
        passMs: leaseMs,
        settle: (owner) => owner.fail(),
        async judge({ settled, winners }, next) {
          equal(settled, winners.length === 0)
          equal((await next.claim()).state, settled ? 'failed' : 'in-progress')
        },
      }),
  },
  {
    name: 'round after round of claims and completions, each event is done once',
    async run({ stores }) {
      const instances = await stores(4)
      const done = new Map<string, number>()
      const events = Array.from({ length: 40 }, (_, index) => `event ${index}`)
      const work = async (claimant: Claimant) => {
        const { state } = await claimant.claim()
        if (state !== 'claimed') return
        ok(await claimant.complete())
        done.set(claimant.key, (done.get(claimant.key) ?? 0) + 1)
      }
      for (let round = 0; round < 5; round++)
        await Promise.all(events.flatMap((key) => crowdOf(instances, 4, key)).map(work))
      deepEqual(done, new Map(events.map((key) => [key, 1])))
    },
  },
]
