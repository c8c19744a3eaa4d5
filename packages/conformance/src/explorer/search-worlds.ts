import type { Contract } from './claim-contract.js'
import { findBrokenRule, type Transition } from './invariants.js'
import { listMoves } from './list-moves.js'
import type { Move, Scenario } from './move.js'
import type { Rule } from './rules.js'
import { firstWorld, type World, writeWorldKey } from './world.js'

/** How far a search goes. */
export interface Bounds {
  readonly attempts: number
  readonly faults: number
}

/** A path to a world: its last transition, and the path to the world before. */
export interface Path extends Transition {
  readonly from: Path | undefined
  /** The calls along the path that may change a store, as text. */
  readonly calls: string
}

export interface Search {
  readonly states: number
  readonly transitions: number
  /** The shortest path to a broken rule. */
  readonly broken: { readonly rule: Rule; readonly path: Path } | undefined
}

/**
 * Visits every reachable world, the nearest first, and checks every transition.
 *
 * @param onPath called with the path of each transition, and awaited; an error ends the search
 */
export async function searchWorlds(
  scenario: Scenario,
  bounds: Bounds,
  contract: Contract,
  onPath?: (path: Path) => Promise<void> | undefined,
): Promise<Search> {
  const first = firstWorld(bounds.attempts, bounds.faults)
  const seen = new Set([writeWorldKey(first)])
  const reached: { readonly world: World; readonly path: Path | undefined }[] = [
    { world: first, path: undefined },
  ]
  let transitions = 0
  for (const { world, path: from } of reached) {
    for (const move of listMoves(world, scenario, contract)) {
      transitions++
      const path: Path = { before: world, move, from, calls: (from?.calls ?? '') + describeCall(move) }
      const rule = findBrokenRule(path, scenario, contract)
      if (rule) return { states: seen.size, transitions, broken: { rule, path } }
      const visited = onPath?.(path)
      if (visited) await visited
      const key = writeWorldKey(move.after)
      if (seen.has(key)) continue
      seen.add(key)
      reached.push({ world: move.after, path })
    }
  }
  return { states: seen.size, transitions, broken: undefined }
}

/** The transitions of a path, from its start. */
export function listTransitions(path: Path | undefined): Transition[] {
  const history: Transition[] = []
  for (let step = path; step !== undefined; step = step.from) history.unshift(step)
  return history
}

/** The call of a move as text; empty for a read, which changes nothing and is probed after every history anyway. */
function describeCall({ call, after }: Move): string {
  return call && call.operation !== 'isCompleted'
    ? ` ${after.now}${call.operation}${call.attempt}/${call.failFromAttempts}/${call.attemptedAt}`
    : ''
}
