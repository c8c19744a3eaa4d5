import type { Scheme } from '@countersign/core'
import { exampleEvents } from '@countersign/testing'
import type { Command } from 'commander'
import type { Terminal } from '../terminal.js'

/** Whether `--list-events` was given. */
export function wantsEvents(command: Command): boolean {
  return command.opts().listEvents === true
}

/** Prints the events of which there are examples, the usual one first, one a line. */
export function listEvents({ name, eventType }: Scheme, command: Command, terminal: Terminal): void {
  const events = exampleEvents(name)
  const isNamed = eventType?.header !== undefined || eventType?.json !== undefined
  if (command.opts().json) {
    terminal.printJson({ scheme: name, events: isNamed ? (events ?? null) : [] })
  } else if (!isNamed) {
    terminal.print(`deliveries of "${name}" do not name their event; there is one example, without --event`)
  } else if (events) {
    for (const event of events) terminal.print(event)
  } else {
    terminal.print(`"${name}" has no fixed events; an example is made of any --event`)
  }
}
