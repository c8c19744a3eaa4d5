/** What an idempotency key shows about its delivery. */
export interface KeyParts {
  readonly endpoint: string | null
  readonly tenant: string | null
  readonly scheme: string
  readonly event: string | null
}

/**
 * Parses a key that a receiver made: a JSON array of endpoint, tenant, scheme, and what identifies the event.
 *
 * @returns undefined for any other key, such as the digest that replaces a very long one
 */
export function parseKey(key: string): KeyParts | undefined {
  let parts: unknown
  try {
    parts = JSON.parse(key)
  } catch {
    return undefined
  }
  if (!Array.isArray(parts)) return undefined
  const [endpoint, tenant, scheme, , , , event = null] = parts
  const isName = (value: unknown): value is string | null => value === null || typeof value === 'string'
  if (!isName(endpoint) || !isName(tenant) || typeof scheme !== 'string') return undefined
  return { endpoint, tenant, scheme, event: isName(event) ? event : null }
}

/**
 * Whether a key protects signed content against replays. A receiver claims it beside the event's own key if that one holds
 * unsigned parts.
 */
export function isReplayKey(key: string): boolean {
  return parseKey(key) !== undefined && JSON.parse(key)[3] === 'replay'
}
