import type { Transition } from './invariants.js'
import type { Scenario } from './move.js'
import type { Breach } from './rehearse-history.js'

/** The moves of a trace in lines that a person can follow; moves that only let time pass show in the others' times. */
export function describeMoves(history: readonly Transition[]): string[] {
  return history.flatMap(({ before, move: { attempt, text, call, answer, tells } }) => {
    if (attempt === undefined) return []
    const answered = call === undefined ? '' : `: ${describeAnswer(answer)}`
    const told = tells === undefined ? '' : `; its sender is told 2xx (${tells})`
    return [`at ${before.now}: ${nameOf(attempt)} ${text}${answered}${told}`]
  })
}

/** The line for the call that a store got wrong. */
export function describeBreach({ call, now, expected, actual }: Breach): string {
  const { operation, attempt, otherContent } = call
  const content = otherContent ? ' with other content' : ''
  const asked =
    operation === 'forget' ? 'an operator calls forget' : `${nameOf(attempt)} calls ${operation}${content}`
  return `at ${now}: ${asked}: the store answers ${describeAnswer(actual)}, the contract has ${describeAnswer(expected)}`
}

export function describeScenario({ lease, retention, hold, deferred, exhaustAfter }: Scenario): string {
  const options = [
    `lease ${lease} steps`,
    `retention ${retention} steps`,
    ...(hold ? ['hold'] : []),
    ...(deferred ? ['work acknowledged before it is done'] : []),
    ...(exhaustAfter === undefined ? [] : [`failed from ${exhaustAfter} attempts on`]),
  ]
  return options.join(', ')
}

function nameOf(attempt: number): string {
  return attempt < 0 ? 'a new attempt' : `attempt ${attempt + 1}`
}

function describeAnswer(answer: unknown): string {
  if (answer instanceof Error) return `with ${answer.name}: ${answer.message}`
  if (typeof answer !== 'object' || answer === null) return String(answer)
  const parts = Object.entries(answer).map(([name, value]) =>
    name === 'state' ? String(value) : `${name} ${value}`,
  )
  return parts.join(', ')
}
