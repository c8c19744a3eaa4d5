import { randomToken } from '#crypto'
import { encodeUtf8 } from '../encoding/utf8.js'
import { WebhookSecretError } from '../errors.js'
import { pickHeaders, wantHeaders } from '../headers/pick-headers.js'
import type { Clock } from '../options.js'
import { withTimeout } from '../promises/with-timeout.js'
import type { SchemeDescriptor } from '../schemes/scheme-descriptor.js'
import type { WebhookRequest } from '../types.js'
import { type PreparedSecret, prepareSecrets } from './prepare-secrets.js'
import type { ResolvedSecret, SecretResolver, SecretSet } from './secret-input.js'

/** The secrets for one request. */
export interface SelectedSecrets {
  /** Empty for an unknown tenant. */
  readonly secrets: readonly PreparedSecret[]
  /** Random secrets that match nothing: a request for an unknown tenant must take as long as any other, so that timing does not reveal tenants. */
  readonly decoys: readonly PreparedSecret[]
  readonly tenant: string | undefined
  readonly unknownTenant: boolean
  /** Found for this request by a resolver. */
  readonly isResolved: boolean
}

export type ResolveSecrets = (request: WebhookRequest) => Promise<SelectedSecrets>

const maxCachedSecrets = 1_000

/** Wraps the application's resolver: limits its time, checks its result and caches its keys. */
export function wrapResolver(
  resolver: SecretResolver,
  options: { scheme: SchemeDescriptor; timeoutMs: number; clock: Clock; warn: (message: string) => void },
): ResolveSecrets {
  const { scheme, timeoutMs, clock, warn } = options
  const cache = new Map<string, readonly PreparedSecret[]>()
  const decoys: PreparedSecret[] = []
  const prepareNow = (secret: SecretSet) => prepareSecrets(secret, scheme, { now: clock.now(), warn })

  const prepare = (secret: SecretSet): readonly PreparedSecret[] => {
    const text = toCacheKey(secret)
    if (text === undefined) return prepareNow(secret)
    const known = cache.get(text)
    if (known) return known
    const prepared = prepareNow(secret)
    const oldest = cache.keys().next()
    if (cache.size >= maxCachedSecrets && !oldest.done) cache.delete(oldest.value)
    cache.set(text, prepared)
    return prepared
  }
  /** Adds decoys up to the largest number of secrets so far, so that all requests compute equally many MACs. */
  const decoysBeside = (count: number): readonly PreparedSecret[] => {
    while (decoys.length < Math.max(1, count)) decoys.push(...prepareNow(decoySecret(scheme)))
    return decoys.slice(count)
  }

  return async (request) => {
    try {
      const answer = await withTimeout(
        Promise.resolve().then(() =>
          resolver({ method: request.method, url: request.url, header: createHeaderReader(request) }),
        ),
        timeoutMs,
        clock,
        () =>
          new WebhookSecretError(
            'ERR_WEBHOOK_SECRET_UNAVAILABLE',
            `The secret resolver took over ${timeoutMs} ms.`,
          ),
      )
      if (answer === undefined || answer === null) return { ...nobody, decoys: decoysBeside(0) }
      const { tenant, secret } = readTenant(answer)
      const secrets = prepare(secret)
      const beside = decoysBeside(secrets.length)
      return { secrets, decoys: beside, tenant, unknownTenant: false, isResolved: true }
    } catch (cause) {
      if (cause instanceof WebhookSecretError) throw cause
      throw new WebhookSecretError(
        'ERR_WEBHOOK_SECRET_UNAVAILABLE',
        'The secret resolver returned no usable secret.',
        { cause },
      )
    }
  }
}

const nobody = { secrets: [], tenant: undefined, unknownTenant: true, isResolved: true } as const

function decoySecret({ signature }: SchemeDescriptor): SecretSet {
  const password = randomToken()
  if (signature.algorithm === 'custom') return password
  return signature.algorithm === 'basic' ? { username: 'nobody', password } : encodeUtf8(password)
}

/** A key that is the same for the same secrets; undefined if some are bytes. */
function toCacheKey(secret: SecretSet): string | undefined {
  if (typeof secret === 'string') return `text ${secret}`
  const hasBytes = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    (ArrayBuffer.isView(value) || Object.values(value).some(hasBytes))
  return hasBytes(secret) ? undefined : `json ${JSON.stringify(secret)}`
}

function readTenant(answer: NonNullable<ResolvedSecret>): { tenant: string | undefined; secret: SecretSet } {
  if (typeof answer === 'object' && 'tenant' in answer) {
    const { tenant, secret } = answer
    if (typeof tenant !== 'string' || tenant === '') throw new TypeError('tenant must be a non-empty string')
    return { tenant, secret }
  }
  return { tenant: undefined, secret: answer }
}

function createHeaderReader(request: WebhookRequest): (name: string) => string | undefined {
  return (name) => {
    const lower = name.toLowerCase()
    const value = pickHeaders(request.headers, wantHeaders([lower])).get(lower)
    return typeof value === 'string' ? value : undefined
  }
}
