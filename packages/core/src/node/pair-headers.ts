import type { IncomingMessage } from 'node:http'

/**
 * The headers as they came, doubled ones included. `request.headers` hides a second `authorization` and joins others
 * with a comma, so two components could each believe another copy.
 */
export function pairHeaders({
  rawHeaders,
}: Pick<IncomingMessage, 'rawHeaders'>): [name: string, value: string][] {
  const pairs: [string, string][] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''])
  return pairs
}
