import type { SchemeDescriptor } from '@countersign/core'
import { withholdInJson } from '../output/withhold-in-json.js'
import type { Terminal } from '../terminal.js'

/** Saves a descriptor as a JSON file, which `--scheme` takes. */
export async function saveScheme(scheme: SchemeDescriptor, path: string, terminal: Terminal): Promise<void> {
  const cleaned = withholdInJson(scheme, (text) => terminal.clean(text))
  await terminal.save(path, `${JSON.stringify(cleaned, undefined, 2)}\n`)
  if (JSON.stringify(cleaned) !== JSON.stringify(scheme))
    terminal.printError(
      `the scheme contains the secret, which was left out of "${path}"; add it there by hand`,
    )
}
