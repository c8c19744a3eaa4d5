import { type Capture, readCapture } from '@countersign/diagnosis'
import type { Terminal } from '../terminal.js'
import { readInput } from './read-input.js'

/** What the options about a capture say. */
export interface CaptureValues {
  readonly header?: readonly (readonly [name: string, value: string])[]
  readonly bodyFile?: string
  readonly method?: string
  readonly url?: string
  readonly entry?: number
}

/** The capture that `--header` and `--body-file` describe. */
export async function composeCapture(values: CaptureValues, terminal: Terminal): Promise<Capture> {
  const { header = [], bodyFile, method = 'POST', url } = values
  const body = bodyFile === undefined ? new Uint8Array() : await readInput(bodyFile, 'the body', terminal)
  // The rules for what is left out are those of a file.
  const capture = readCapture(Buffer.from(JSON.stringify({ method, headers: header }), 'utf8'), { url })
  return { ...capture, body }
}
