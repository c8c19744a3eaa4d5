import type { Scheme } from '@countersign/core'
import { exampleEvents } from '@countersign/testing'
import { CliError } from '../errors/cli-error.js'

/**
 * Refuses an event that has no example: the body of another event under this name would prove nothing.
 *
 * @throws CliError with the events that have one
 */
export function checkExampleEvent(event: string | undefined, { name }: Scheme): void {
  const known = event === undefined ? undefined : exampleEvents(name)
  if (event === undefined || !known || known.includes(event)) return
  throw new CliError(
    `there is no example of "${event}" for "${name}"; give its body with --payload, or use --event with one of ${known.join(', ')}`,
  )
}
