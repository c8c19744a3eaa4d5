import type { Scheme } from '@countersign/core'
import { type CustomSchemeOptions, customScheme } from '@countersign/core/schemes'

/**
 * Visibuild's deliveries, verified by custom code as an SDK would do it. It uses WebCrypto, so that it runs on every runtime.
 *
 * @param beforeVerify awaited first; if it rejects, the verifier throws a `TypeError`, as buggy code does
 */
export function customVisibuild(
  beforeVerify: () => Promise<void> | undefined,
  options: Pick<CustomSchemeOptions, 'verifyTimeoutMs'> = {},
): Scheme {
  return customScheme({
    ...options,
    name: 'custom-visibuild',
    proofHeaders: ['X-Visibuild-Signature', 'X-Visibuild-Timestamp'],
    async verify({ headers, rawBody }, secret) {
      await beforeVerify()?.catch((error: Error) => {
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
