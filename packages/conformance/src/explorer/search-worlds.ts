import type { Contract } from './claim-contract.js'
import { brokenRule, type Transition } from './invariants.js'
import type { Move, Scenario } from './move.js'
import { movesOfWorld } from './moves-of-world.js'
import type { Rule } from './rules.js'
import { firstWorld, keyOf, type World } from './world.js'

/** How far a search goes. */
export interface Bounds {
  readonly attempts: number
  readonly faults: number
}

/** One way to a world: the transition into it, and the way to where that began. */
export interface Path extends Transition {
  readonly from: Path | undefined
  /** All that a store is made to change in it. */
  readonly calls: string
}

export interface Search {
  readonly states: number
  readonly transitions: number
  /** The shortest way to a broken rule. */
  readonly broken: { readonly rule: Rule; readonly path: Path } | undefined
}

/**
 * Visits every world that can be reached, the nearest first, and checks every transition.
 *
 * @param onPath is shown each transition with the way to it, and waited for; what it throws ends the search
 */
export async function searchWorlds(
  scenario: Scenario,
  bounds: Bounds,
  contract: Contract,
  onPath?: (path: Path) => Promise<void> | undefined,
): Promise<Search> {
  const first = firstWorld(bounds.attempts, bounds.faults)
  const seen = new Set([keyOf(first)])
  const reached: { readonly world: World; readonly path: Path | undefined }[] = [
    { world: first, path: undefined },
  ]
  let transitions = 0
  for (const { world, path: from } of reached) {
    for (const move of movesOfWorld(world, scenario, contract)) {
      transitions++
      const path: Path = { before: world, move, from, calls: (from?.calls ?? '') + textOf(move) }
      const rule = brokenRule(path, scenario, contract)
      if (rule) return { states: seen.size, transitions, broken: { rule, path } }
      const visited = onPath?.(path)
      if (visited) await visited
      const key = keyOf(move.after)
      if (seen.has(key)) continue
      seen.add(key)
      reached.push({ world: move.after, path })
    }
  }
  return { states: seen.size, transitions, broken: undefined }
}

/** The transitions of a path from the beginning on. */
export function historyOf(path: Path | undefined): Transition[] {
  const history: Transition[] = []
  for (let step = path; step !== undefined; step = step.from) history.unshift(step)
  return history
}

/** Without what is only read: it changes nothing, and is asked of every store after every history. */
function textOf({ call, after }: Move): string {
  return call && call.operation !== 'isCompleted'
    ? ` ${after.now}${call.operation}${call.attempt}/${call.failFromAttempts}/${call.attemptedAt}`
    : ''
}
