import type { Scheme } from '@countersign/core'
import { exampleEvents } from '@countersign/testing'
import type { Command } from 'commander'
import type { Terminal } from '../terminal.js'

/** Whether `--list-events` was given. */
export function wantsEvents(command: Command): boolean {
  return command.opts().listEvents === true
}

/** Prints the events that have an example, one per line, the default first. */
export function printEvents({ name, eventType }: Scheme, command: Command, terminal: Terminal): void {
  const events = exampleEvents(name)
  const isNamed = eventType?.header !== undefined || eventType?.json !== undefined
  if (command.opts().json) {
    terminal.printJson({ scheme: name, events: isNamed ? (events ?? null) : [] })
  } else if (!isNamed) {
    terminal.print(`deliveries of "${name}" have no event name; there is one example, without --event`)
  } else if (events) {
    for (const event of events) terminal.print(event)
  } else {
    terminal.print(`"${name}" has no fixed list of events; any --event makes an example`)
  }
}
