import type { StoreCall } from './claim-contract.js'
import type { Breach } from './history.js'
import type { Transition } from './invariants.js'
import type { Scenario } from './move.js'

/** The moves of a trace in lines that a person can follow; moves that only let time pass show in the others' times. */
export function describeMoves(history: readonly Transition[]): string[] {
  return history.flatMap(({ before, move: { attempt, text, call, answer, tells } }) => {
    if (attempt === undefined) return []
    const answered = call === undefined ? '' : `: ${describeAnswer(answer)}`
    const told = tells === undefined ? '' : `; its sender is told 2xx (${tells})`
    return [`at ${before.now}: ${nameOf(attempt)} ${text}${answered}${told}`]
  })
}

/** The lines for what a store was asked after a history, up to the call that it got wrong. */
export function describeBreach({ asked, call, now, expected, actual }: Breach): string[] {
  return [
    ...asked.map(
      (probe) => `at ${probe.now}: ${describeCall(probe.call)}: ${describeAnswer(probe.expected)}`,
    ),
    `at ${now}: ${describeCall(call)}: the store answers ${describeAnswer(actual)}, the contract has ${describeAnswer(expected)}`,
  ]
}

function describeCall({ operation, attempt, otherContent }: StoreCall): string {
  if (operation === 'forget') return 'an operator calls forget'
  return `${nameOf(attempt)} calls ${operation}${otherContent ? ' with other content' : ''}`
}

export function describeScenario({
  lease,
  retention,
  hold,
  signed,
  deferred,
  transactional,
  exhaustAfter,
}: Scenario): string {
  const options = [
    `lease ${lease} steps`,
    `retention ${retention} steps`,
    ...(hold ? ['hold'] : []),
    ...(signed ? ['attempts with a signed time'] : []),
    ...(deferred ? ['work that goes on after the answer'] : []),
    ...(transactional ? ['effect and completion in one transaction'] : []),
    ...(exhaustAfter === undefined ? [] : [`failed from ${exhaustAfter} attempts on`]),
  ]
  return options.join(', ')
}

function nameOf(attempt: number): string {
  return attempt < 0 ? 'a new attempt' : `attempt ${attempt + 1}`
}

function describeAnswer(answer: unknown): string {
  if (answer === undefined) return 'true or false'
  if (answer instanceof Error) return `with ${answer.name}: ${answer.message}`
  if (typeof answer !== 'object' || answer === null) return String(answer)
  const parts = Object.entries(answer).map(([name, value]) =>
    name === 'state' ? String(value) : `${name} ${value}`,
  )
  return parts.join(', ')
}
