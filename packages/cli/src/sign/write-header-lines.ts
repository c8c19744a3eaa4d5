import type { SignedRequest } from '@countersign/testing'
import { wireText } from '@countersign/testing/http'

/** The headers alone, one a line. */
export function writeHeaderLines({ headers }: SignedRequest): Uint8Array {
  const lines = headers.map(([name, value]) => `${name}: ${wireText(value)}\n`)
  return Buffer.from(lines.join(''), 'latin1')
}
