import { type Capture, CaptureError, readCapture, readCaptures } from '@countersign/diagnosis'
import { CliError } from '../cli-error.js'
import type { Terminal } from '../terminal.js'
import type { CaptureValues } from './compose-capture.js'
import { readInput } from './read-input.js'

/** Reads what one argument names. */
export type FileReader = (
  file: string,
  values: CaptureValues,
  terminal: Terminal,
) => Promise<readonly Capture[]>

export const readOne: FileReader = (file, { url, entry }, terminal) =>
  readWith(file, terminal, (bytes) => [readCapture(bytes, { url, entry })])

/** Of a file with several requests those that have a body; a browser's log holds all it has fetched. */
export const readAll: FileReader = (file, { url, entry }, terminal) =>
  readWith(file, terminal, (bytes) => {
    const captures = readCaptures(bytes, { url, entry })
    const withBody = captures.filter(({ body }) => body.length > 0)
    return withBody.length > 0 ? withBody : captures
  })

async function readWith(
  file: string,
  terminal: Terminal,
  read: (bytes: Uint8Array) => readonly Capture[],
): Promise<readonly Capture[]> {
  const bytes = await readInput(file, 'the capture', terminal)
  try {
    return read(bytes)
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error
    const hint = error.message.includes('choose one by its number') ? ' with --entry' : ''
    throw new CliError(`${file === '-' ? 'stdin' : file}: ${error.message}${hint}`)
  }
}
