import type { IncomingMessage } from 'node:http'

/** A request as a gateway has it after all of it has arrived. */
export interface ReceivedRequest {
  readonly method: string
  readonly path: string
  /** Without the question mark. */
  readonly query: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
}

/** @returns undefined as soon as the body is larger than the gateway's limit */
export async function receiveRequest(
  request: IncomingMessage,
  maxBodyBytes: number,
): Promise<ReceivedRequest | undefined> {
  if (Number(request.headers['content-length']) > maxBodyBytes) return undefined
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  const { method = 'GET', url = '/', rawHeaders } = request
  const [path = '/', ...rest] = url.split('?')
  const headers = Array.from(
    { length: rawHeaders.length / 2 },
    (_, index) => [rawHeaders[index * 2] ?? '', rawHeaders[index * 2 + 1] ?? ''] as const,
  )
  return { method, path, query: rest.join('?'), headers, body: Buffer.concat(chunks, size) }
}

export function headerOf({ headers }: ReceivedRequest, name: string): string | undefined {
  return headers.find(([given]) => given.toLowerCase() === name)?.[1]
}

/** All values of each name, in their order. */
export function groupValues(
  pairs: Iterable<readonly [name: string, value: string]>,
): Record<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value])
  return Object.fromEntries(groups)
}

/** The single-value map for a multi-value one: the last value wins. */
export function lastValues(groups: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, values.at(-1) ?? '']))
}
