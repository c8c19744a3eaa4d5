import type { RefuseScheme } from './refuse-scheme.js'

/** @throws through `refuse`, unless the sender's event names are a list of different strings */
export function checkEvents(events: unknown, refuse: RefuseScheme): void {
  if (events === undefined) return
  if (!Array.isArray(events) || !events.every((name) => typeof name === 'string' && name !== ''))
    refuse("events must be a list of the sender's event names, as in ['order.paid', 'order.refunded']")
  const names: readonly string[] = events as readonly string[]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) refuse(`events names "${twice}" twice`)
}
