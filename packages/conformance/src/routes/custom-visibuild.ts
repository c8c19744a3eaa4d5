import type { Scheme } from '@countersign/core'
import { type CustomSchemeOptions, customScheme } from '@countersign/core/schemes'

/**
 * Visibuild's deliveries, verified by code of a user's own: what an SDK over WebCrypto would do, so that it runs everywhere.
 *
 * @param meet what the verifier waits for first; where that fails, the verifier throws as faulty code does
 */
export function customVisibuild(
  meet: () => Promise<void> | undefined,
  options: Pick<CustomSchemeOptions, 'verifyTimeoutMs'> = {},
): Scheme {
  return customScheme({
    ...options,
    name: 'custom-visibuild',
    proofHeaders: ['X-Visibuild-Signature', 'X-Visibuild-Timestamp'],
    async verify({ headers, rawBody }, secret) {
      await meet()?.catch((error: Error) => {
        throw new TypeError(error.message)
      })
      const time = headers.get('X-Visibuild-Timestamp') ?? ''
      const [, hex] = /^sha256=([0-9a-f]{64})$/.exec(headers.get('X-Visibuild-Signature') ?? '') ?? []
      if (hex === undefined || !/^\d{1,12}$/.test(time)) return false
      const mac = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
      const content = joinBytes(new TextEncoder().encode(`${time}.`), rawBody)
      const key = await crypto.subtle.importKey(
        'raw',
        new TextEncoder().encode(secret),
        { name: 'HMAC', hash: 'SHA-256' },
        false,
        ['verify'],
      )
      if (!(await crypto.subtle.verify('HMAC', key, mac, content))) return false
      return { signed: rawBody, timestamp: Number(time) * 1000 }
    },
    eventId: { json: '/id' },
    eventType: { json: '/type' },
  })
}

function joinBytes(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}
