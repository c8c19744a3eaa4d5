import type { SchemeDescriptor } from '../schemes/scheme-descriptor.js'
import { findClosestName } from './find-closest-name.js'
import { refuseOption } from './refuse-option.js'

/**
 * Checks the option `events`: a string would be read as a list of its letters, and an empty list would refuse every event.
 *
 * @param warn gets a name that the scheme does not list: a typo, or a new event of the sender
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID`
 */
export function checkHandledEvents(
  events: unknown,
  { name, events: listed }: SchemeDescriptor,
  warn: (message: string) => void,
): ReadonlySet<string> | undefined {
  if (events === undefined) return undefined
  if (!Array.isArray(events) || events.some((event) => typeof event !== 'string' || event === ''))
    refuseOption('events must be a list of names, as in events: ["push"]')
  if (events.length === 0)
    refuseOption('events is empty, so that no event would reach the handler; leave it out to handle all')
  for (const event of listed ? events.filter((one) => !listed.includes(one)) : []) {
    const closest = findClosestName(event, listed ?? [])
    const hint = closest === undefined ? '' : `; did you mean "${closest}"?`
    warn(`events names "${event}", which is not among the events that "${name}" documents${hint}`)
  }
  return new Set(events)
}
