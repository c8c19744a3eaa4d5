/** What an idempotency key tells of its delivery. */
export interface KeyParts {
  readonly endpoint: string | null
  readonly tenant: string | null
  readonly scheme: string
  readonly event: string | null
}

/**
 * Reads the key that a receiver makes: a JSON array of endpoint, tenant, scheme, and what tells the event.
 *
 * @returns undefined for any other key, as for the digest that stands for a very long one
 */
export function describeKey(key: string): KeyParts | undefined {
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

/** Whether a key is that of signed content, which is claimed beside the event's own key where unsigned parts are in that. */
export function isGuardKey(key: string): boolean {
  return describeKey(key) !== undefined && JSON.parse(key)[3] === 'replay'
}

/** A key, or an event's name, for the terminal, whole; characters that would do something there are escaped as JSON has them. */
export function showKey(key: string): string {
  return key.replace(
    /[\p{Cc}\p{Cf}\p{Cs}]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
