import type { SchemeDescriptor } from '@countersign/core'
import { withholdIn } from '../output/withhold-in.js'
import type { Terminal } from '../terminal.js'

/** Saves a descriptor for `--scheme`. */
export async function saveScheme(scheme: SchemeDescriptor, path: string, terminal: Terminal): Promise<void> {
  const cleaned = withholdIn(scheme, (text) => terminal.clean(text))
  await terminal.save(path, `${JSON.stringify(cleaned, undefined, 2)}\n`)
  if (JSON.stringify(cleaned) !== JSON.stringify(scheme))
    terminal.printError(`the secret is part of the scheme and was left out of "${path}"; put it in by hand`)
}
