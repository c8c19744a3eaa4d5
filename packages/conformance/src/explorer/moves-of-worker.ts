import type { Answer, Contract, StoreCall } from './claim-contract.js'
import { type Move, type Scenario, takeEffect } from './move.js'
import { type Attempt, type Past, timeOfAttempt, type World } from './world.js'

type Outcome = Pick<Move, 'after' | 'starts' | 'tells'>

/**
 * Everything that a worker may do next that goes by the receiver's protocol: claim, run the handler, then complete,
 * release or fail; after a success nothing releases; a claim that went wrong is given back by its token. It may
 * crash or stall anywhere. A call may fail before it takes effect, lose its answer, or arrive late.
 *
 * Deferred work is acknowledged while it goes on, and whatever comes of that, it ends as any other. A transaction
 * decides by itself: what it did is only read afterwards, whatever its handler says.
 */
export function movesOfWorker(world: World, number: number, scenario: Scenario, contract: Contract): Move[] {
  const attempt = world.attempts[number]
  if (attempt === undefined) return []
  const worker = new Worker(world, number, attempt, scenario, contract)
  switch (attempt.phase) {
    case 'waiting':
      return worker.claim()
    case 'claimed':
      return [worker.start(), worker.crash()]
    case 'running':
      // A handler that fails before it deferred anything fails as any other.
      return scenario.deferred
        ? [...worker.renew(), ...worker.acknowledge(), worker.crash()]
        : [...worker.renew(), ...worker.endHandler(), ...worker.fail(), worker.crash()]
    case 'deferred':
      return [...worker.renew(), ...worker.succeed(), ...worker.release(), worker.crash()]
    case 'acked':
      return [...worker.renew(), ...worker.succeed(), ...worker.keepAsFailed(), worker.crash()]
    case 'reported-success':
    case 'reported-failure':
      return [...worker.read(), worker.crash()]
    case 'giving-back':
      return [...worker.giveBack(), worker.crash()]
    case 'completing':
      return [...worker.repeatCompletion(), worker.crash()]
    case 'ended':
      return []
  }
}

class Worker {
  readonly #world: World
  readonly #number: number
  readonly #attempt: Attempt
  readonly #scenario: Scenario
  readonly #contract: Contract

  constructor(world: World, number: number, attempt: Attempt, scenario: Scenario, contract: Contract) {
    this.#world = world
    this.#number = number
    this.#attempt = attempt
    this.#scenario = scenario
    this.#contract = contract
  }

  claim(): Move[] {
    const leaseEnd = this.#world.now + this.#scenario.lease
    const { signedAt: attemptedAt } = this.#attempt
    const isCopy = attemptedAt !== undefined && attemptedAt !== timeOfAttempt(this.#number)
    const text = isCopy ? 'claims with a copy of the first delivery' : 'claims'
    return this.#call(text, { operation: 'claim', attemptedAt }, this.#givingBack, (answer, world) => {
      const state = typeof answer === 'object' ? answer.state : undefined
      if (state === 'claimed') return { after: this.#become(world, { phase: 'claimed', leaseEnd }) }
      if (state === 'completed') return { after: this.#end(world), tells: 'duplicate' }
      return state === 'failed' ? this.#keep(world) : { after: this.#end(world) }
    })
  }

  start(): Move {
    if (!this.#isLive) return this.#move('finds its lease ended', this.#givingBack(this.#world))
    return this.#move('starts its handler', this.#running(this.#world))
  }

  /** What follows a handler that has done its part. */
  endHandler(): Move[] {
    return this.#scenario.transactional ? this.commit() : this.succeed()
  }

  acknowledge(): Move[] {
    const deferred = (world: World): Outcome => ({ after: this.#become(world, { phase: 'deferred' }) })
    return this.#call('acknowledges', { operation: 'acknowledge' }, deferred, (answer, world) =>
      answer === true
        ? { after: this.#become(world, { phase: 'acked' }, { promised: true }), tells: 'accepted' }
        : deferred(world),
    )
  }

  commit(): Move[] {
    const report = (phase: 'reported-success' | 'reported-failure') => (world: World) => ({
      after: this.#become(world, { phase }),
    })
    const [success, failure] = [report('reported-success'), report('reported-failure')]
    const call = { operation: 'commit' } as const
    return [
      ...this.#call('commits', call, failure, (answer, world) =>
        (answer === true ? success : failure)(world),
      ),
      // The handler swallows what went wrong, or fails at something else after its commit.
      ...this.#call('commits carelessly', call, success, (answer, world) =>
        (answer === true ? failure : success)(world),
      ),
      this.#move('rolls back and reports success', success(this.#world)),
    ]
  }

  read(): Move[] {
    const ended = (world: World): Outcome => ({ after: this.#end(world) })
    const isGood = this.#attempt.phase === 'reported-success'
    return this.#call('reads its completion', { operation: 'isCompleted' }, ended, (answer, world) => {
      if (answer !== true) return this.#givingBack(world)
      return isGood ? { ...ended(world), tells: 'processed' } : ended(world)
    })
  }

  renew(): Move[] {
    const { now } = this.#world
    const leaseEnd = now + this.#scenario.lease
    if (!this.#isLive || this.#attempt.leaseEnd === leaseEnd) return []
    const unchanged = (after: World) => ({ after })
    return this.#call('renews its lease', { operation: 'extend' }, unchanged, (answer, world) => ({
      after: this.#become(world, { leaseEnd: answer === true ? leaseEnd : now }),
    }))
  }

  succeed(): Move[] {
    // The sender of deferred work was answered before.
    const isAnswered = this.#attempt.phase !== 'running'
    const succeeded = (world: World): Outcome => ({
      after: this.#end(world, { succeeded: true }),
      ...(isAnswered ? {} : { tells: 'processed' }),
    })
    const completing = (world: World): Outcome => ({
      ...succeeded(world),
      after: this.#become(world, { phase: 'completing', leaseEnd: 0 }, { succeeded: true }),
    })
    return [
      ...this.#call('succeeds', { operation: 'complete' }, completing, (_, world) => succeeded(world)),
      this.#move('succeeds and crashes', { after: this.#end(this.#world, { succeeded: true }) }),
    ]
  }

  /** While the lease lasts, and with the next delivery of the event: at any time, that is. */
  repeatCompletion(): Move[] {
    const ended = (world: World): Outcome => ({ after: this.#end(world) })
    return this.#call('repeats its completion', { operation: 'complete' }, ended, (_, world) => ended(world))
  }

  release(): Move[] {
    const { exhaustAfter } = this.#scenario
    const limit = exhaustAfter === undefined ? {} : { failFromAttempts: exhaustAfter }
    const refused = (world: World): Outcome => ({ after: this.#end(world) })
    return this.#call('fails', { operation: 'release', ...limit }, refused, (answer, world) =>
      answer === 'failed' ? this.#keep(world) : refused(world),
    )
  }

  fail(): Move[] {
    const refused = (world: World): Outcome => ({ after: this.#end(world) })
    return [
      ...this.release(),
      ...this.#call('fails for good', { operation: 'fail' }, refused, (answer, world) =>
        answer === true ? this.#keep(world) : refused(world),
      ),
    ]
  }

  keepAsFailed(): Move[] {
    const ended = (world: World): Outcome => ({ after: this.#end(world) })
    return this.#call('fails', { operation: 'fail' }, ended, (_, world) => ended(world))
  }

  giveBack(): Move[] {
    const ended = (world: World): Outcome => ({ after: this.#end(world) })
    return this.#call('gives back', { operation: 'release' }, ended, (_, world) => ended(world))
  }

  crash(): Move {
    return this.#move('crashes', { after: this.#end(this.#world) })
  }

  /** A call that is answered, and the ways in which it is not. */
  #call(
    text: string,
    what: Omit<StoreCall, 'attempt'>,
    onFault: (world: World) => Outcome,
    onAnswer: (answer: Answer, world: World) => Outcome,
  ): Move[] {
    const world = this.#world
    const call = { ...what, attempt: this.#number }
    const { answer, after } = takeEffect(world, call, this.#scenario, this.#contract)
    const answered = { ...this.#move(text, onAnswer(answer, after)), call, answer }
    if (world.faultsLeft === 0) return [answered]
    const faultsLeft = world.faultsLeft - 1
    const hanging = { ...world, faultsLeft, late: [...world.late, call] }
    return [
      answered,
      this.#move(`${text}, but the store fails`, onFault({ ...world, faultsLeft })),
      { ...this.#move(`${text}, but the answer is lost`, onFault({ ...after, faultsLeft })), call, answer },
      this.#move(`${text}, but the call hangs`, onFault(hanging)),
    ]
  }

  #move(text: string, outcome: Outcome): Move {
    return { attempt: this.#number, text, ...outcome }
  }

  get #isLive(): boolean {
    return this.#world.now < this.#attempt.leaseEnd
  }

  #running(world: World): Outcome {
    // Without hold nobody asks whose handler is still open, and fewer worlds differ.
    const open = this.#scenario.hold ? [...world.past.open, this.#number] : []
    return { after: this.#become(world, { phase: 'running' }, { open }), starts: true }
  }

  readonly #givingBack = (world: World): Outcome => ({
    after: this.#become(world, { phase: 'giving-back' }),
  })

  #keep(world: World): Outcome {
    // The sender of deferred work was answered before, and not with 2xx.
    if (this.#attempt.phase === 'deferred') return { after: this.#end(world) }
    return { after: this.#end(world, { promised: true }), tells: 'kept' }
  }

  #end(world: World, past: Partial<Past> = {}): World {
    return this.#become(world, { phase: 'ended', leaseEnd: 0 }, past)
  }

  #become(world: World, change: Partial<Attempt>, past: Partial<Past> = {}): World {
    const attempts = world.attempts.map((attempt, index) =>
      index === this.#number ? { ...attempt, ...change } : attempt,
    )
    return { ...world, attempts, past: { ...world.past, ...past } }
  }
}
