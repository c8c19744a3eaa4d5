import { randomToken } from '#crypto'
import { encodeUtf8 } from '../encoding/utf8.js'
import { WebhookSecretError } from '../errors.js'
import { pickHeaders, wantHeaders } from '../headers/pick-headers.js'
import type { Clock } from '../options.js'
import type { SchemeDescriptor } from '../schemes/scheme.js'
import type { WebhookRequest } from '../types.js'
import { withTimeout } from '../with-timeout.js'
import { type PreparedSecret, prepareSecrets } from './prepare-secrets.js'
import type { ResolvedSecret, SecretResolver, SecretSet } from './secret-input.js'

/** The secrets for one request. Without a tenant known, they are ones that match nothing. */
export interface SelectedSecrets {
  readonly secrets: readonly PreparedSecret[]
  readonly tenant: string | undefined
  readonly unknownTenant: boolean
}

export type ResolveSecrets = (request: WebhookRequest) => Promise<SelectedSecrets>

const maxCachedSecrets = 1_000

/** Makes a user's resolver safe to call: bounded in time, its answer checked, its keys cached. */
export function resolveWith(
  resolver: SecretResolver,
  options: { scheme: SchemeDescriptor; timeoutMs: number; clock: Clock; warn: (message: string) => void },
): ResolveSecrets {
  const { scheme, timeoutMs, clock, warn } = options
  const cache = new Map<string, readonly PreparedSecret[]>()
  // An unknown tenant costs the same work and gets the same answer as a wrong signature.
  const nobody = prepareSecrets(encodeUtf8(randomToken()), scheme, { now: clock.now(), warn })

  const prepare = (secret: SecretSet): readonly PreparedSecret[] => {
    if (typeof secret !== 'string') return prepareSecrets(secret, scheme, { now: clock.now(), warn })
    const known = cache.get(secret)
    if (known) return known
    const prepared = prepareSecrets(secret, scheme, { now: clock.now(), warn })
    const oldest = cache.keys().next()
    if (cache.size >= maxCachedSecrets && !oldest.done) cache.delete(oldest.value)
    cache.set(secret, prepared)
    return prepared
  }

  return async (request) => {
    try {
      const answer = await withTimeout(
        Promise.resolve().then(() =>
          resolver({ method: request.method, url: request.url, header: headerOf(request) }),
        ),
        timeoutMs,
        clock,
        () =>
          new WebhookSecretError(
            'ERR_WEBHOOK_SECRET_UNAVAILABLE',
            `The secret resolver took over ${timeoutMs} ms.`,
          ),
      )
      if (answer === undefined || answer === null)
        return { secrets: nobody, tenant: undefined, unknownTenant: true }
      const { tenant, secret } = withTenant(answer)
      return { secrets: prepare(secret), tenant, unknownTenant: false }
    } catch (cause) {
      if (cause instanceof WebhookSecretError) throw cause
      throw new WebhookSecretError(
        'ERR_WEBHOOK_SECRET_UNAVAILABLE',
        'The secret resolver gave no usable secret.',
        { cause },
      )
    }
  }
}

function withTenant(answer: NonNullable<ResolvedSecret>): { tenant: string | undefined; secret: SecretSet } {
  if (typeof answer === 'object' && 'tenant' in answer) {
    const { tenant, secret } = answer
    if (typeof tenant !== 'string' || tenant === '') throw new TypeError('tenant must be a non-empty string')
    return { tenant, secret }
  }
  return { tenant: undefined, secret: answer }
}

function headerOf(request: WebhookRequest): (name: string) => string | undefined {
  return (name) => {
    const lower = name.toLowerCase()
    const value = pickHeaders(request.headers, wantHeaders([lower])).get(lower)
    return typeof value === 'string' ? value : undefined
  }
}
