import { observeBody } from '../body/observe-body.js'
import type { PreparedSecret } from '../secrets/prepare-secrets.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { HeadersInput, WebhookRequest } from '../types.js'
import type { RefusedCapture } from './explanation.js'

/** Records what is read of a request. Use `request` and `verification` instead of the originals. */
export interface WatchedRequest {
  readonly request: WebhookRequest
  readonly verification: VerificationSettings
  /** The bytes that were read; undefined if the body has not been read. */
  body(): Uint8Array | undefined
  /** The secrets that were tried; none if a resolver was not called, or found none. */
  secrets(): readonly PreparedSecret[]
}

/** Records what a diagnosis needs, without changing the request. */
export function watchRequest(request: WebhookRequest, verification: VerificationSettings): WatchedRequest {
  const { body } = request
  const { secrets } = verification
  let seenBody = typeof body === 'function' ? undefined : body
  let seenSecrets = typeof secrets === 'function' ? [] : secrets
  return {
    request: observeBody(request, (bytes) => {
      seenBody = bytes
    }),
    verification: {
      ...verification,
      secrets:
        typeof secrets !== 'function'
          ? secrets
          : async (asking) => {
              const selected = await secrets(asking)
              if (!selected.unknownTenant) seenSecrets = selected.secrets
              return selected
            },
    },
    body: () => seenBody,
    secrets: () => seenSecrets,
  }
}

/** Converts the request for the search. */
export function toCapture({ request, body }: WatchedRequest): RefusedCapture {
  const headers = toPairs(request.headers)
  const [, host = 'localhost'] = headers.find(([name]) => name.toLowerCase() === 'host') ?? []
  const url = /^https?:/i.test(request.url) ? request.url : `https://${host}${request.url}`
  return { method: request.method, url, headers, body: body() ?? new Uint8Array(), notes: [] }
}

function toPairs(headers: HeadersInput): RefusedCapture['headers'] {
  const pairs: Iterable<readonly [string, unknown]> =
    Symbol.iterator in headers
      ? (headers as Iterable<readonly [string, unknown]>)
      : Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
  return [...pairs].filter((pair): pair is readonly [string, string] => typeof pair[1] === 'string')
}
