import { type SignedRequest, wireText } from '@countersign/testing'

/** The headers alone, one per line. */
export function formatHeaders({ headers }: SignedRequest): Uint8Array {
  const lines = headers.map(([name, value]) => `${name}: ${wireText(value)}\n`)
  return Buffer.from(lines.join(''), 'latin1')
}
