import type { SignedRequest } from '@countersign/testing'

/** The value of a header. Throws if it is missing. */
export function headerOf(request: SignedRequest, name: string): string {
  const found = request.headers.find(([given]) => isSame(given, name))
  if (!found) throw new Error(`The request has no header ${name}.`)
  return found[1]
}

/** The request with a header's value replaced in its place, or added. */
export function withHeader(request: SignedRequest, name: string, value: string): SignedRequest {
  const { headers } = request
  if (!headers.some(([given]) => isSame(given, name))) return alsoHeader(request, name, value)
  return { ...request, headers: headers.map((pair) => (isSame(pair[0], name) ? [pair[0], value] : pair)) }
}

/** The request with one more header, even if it already has one of that name. */
export function alsoHeader(request: SignedRequest, name: string, value: string): SignedRequest {
  return { ...request, headers: [...request.headers, [name, value]] }
}

export function withoutHeader(request: SignedRequest, name: string): SignedRequest {
  return { ...request, headers: request.headers.filter(([given]) => !isSame(given, name)) }
}

/** The request with a header's name in another spelling. */
export function renameHeader(request: SignedRequest, name: string, written: string): SignedRequest {
  const headers = request.headers.map(
    ([given, value]) => [isSame(given, name) ? written : given, value] as const,
  )
  return { ...request, headers }
}

/** The request with another body and everything else unchanged. */
export function withBody(request: SignedRequest, body: Uint8Array | string): SignedRequest {
  return { ...request, body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body }
}

/** Bytes with one bit flipped. */
export function flipBit(bytes: Uint8Array, index: number, bit = 0): Uint8Array {
  const flipped = Uint8Array.from(bytes)
  flipped[index] = (flipped[index] ?? 0) ^ (1 << bit)
  return flipped
}

function isSame(given: string, name: string): boolean {
  return given.toLowerCase() === name.toLowerCase()
}
