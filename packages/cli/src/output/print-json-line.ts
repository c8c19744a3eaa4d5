import type { Terminal } from '../terminal.js'
import { withholdIn } from './withhold-in.js'

/** Prints a value on one line, for commands that print one after the other. Only its texts are searched for secrets. */
export function printJsonLine(value: object, terminal: Terminal): void {
  const plain: unknown = JSON.parse(JSON.stringify(value))
  terminal.parts.stdout.write(`${JSON.stringify(withholdIn(plain, (text) => terminal.clean(text)))}\n`)
}
