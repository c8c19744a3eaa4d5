import { type Contract, recordAt, type StoreCall } from './claim-contract.js'
import { type Move, type Scenario, takeEffect } from './move.js'
import { movesOfWorker } from './moves-of-worker.js'
import { deliver, type World } from './world.js'

/** Everything that can happen next: time passes, a call that was given up arrives, a worker goes on. */
export function movesOfWorld(world: World, scenario: Scenario, contract: Contract): Move[] {
  // Who only repeats a completion has answered its sender.
  const busy = world.attempts.filter(
    ({ phase }) => !['waiting', 'completing', 'ended'].includes(phase),
  ).length
  const next = world.attempts.findIndex(({ phase }) => phase === 'waiting')
  const moves = [passTime(world), ...world.late.map((call) => arriveLate(world, call, scenario, contract))]
  for (const [number, { phase }] of world.attempts.entries()) {
    const canBegin = number === next && busy < scenario.workers
    if (phase === 'ended' || (phase === 'waiting' && !canBegin)) continue
    const worlds = phase === 'waiting' && scenario.signed ? deliver(world, number) : [world]
    for (const one of worlds) moves.push(...movesOfWorker(one, number, scenario, contract))
  }
  return moves
}

function passTime(world: World): Move {
  const now = world.now + 1
  return {
    attempt: undefined,
    text: 'time passes',
    after: { ...world, now, record: recordAt(world.record, now) },
  }
}

function arriveLate(world: World, call: StoreCall, scenario: Scenario, contract: Contract): Move {
  const { answer, after } = takeEffect(world, call, scenario, contract)
  const late = world.late.filter((other) => other !== call)
  const { operation, attempt } = call
  return { attempt, text: `has its ${operation} arrive late`, call, answer, after: { ...after, late } }
}
