import type { PendingBytes } from '../body/pending-bytes.js'
import { joinSource, type KeySource } from '../dedupe/join-source.js'
import { everyHeader, type WantedHeaders, wantHeaders } from '../headers/pick-headers.js'
import type { Clock, VerifyOptions } from '../options.js'
import { type CompiledScheme, compileScheme, toToleranceMs } from '../schemes/compile-scheme.js'
import type { Tolerance } from '../schemes/scheme-descriptor.js'
import { type PreparedSecret, prepareSecrets } from '../secrets/prepare-secrets.js'
import { type ResolveSecrets, wrapResolver } from '../secrets/resolve-secrets.js'
import type { BodyLimits } from '../types.js'
import { checkClock } from './check-clock.js'
import { checkVerifyOptions } from './check-options.js'
import { refuseOption } from './refuse-option.js'
import { systemClock } from './system-clock.js'

/** The checked settings of the verification steps. */
export interface VerificationSettings {
  readonly scheme: CompiledScheme
  /** All headers the steps read. */
  readonly wantedHeaders: WantedHeaders
  readonly secrets: readonly PreparedSecret[] | ResolveSecrets
  readonly toleranceMs: Tolerance
  readonly limits: BodyLimits
  /** Limits the unverified bytes of all requests of a receiver; undefined in `verify`. */
  readonly pendingBytes?: PendingBytes
  readonly parse: boolean
  readonly clock: Clock
  readonly endpoint: string | undefined
  /** How the keys of deliveries without a tenant begin. */
  readonly tenantlessSource: KeySource
  /** Logs a warning, each message once. */
  readonly warn: (message: string) => void
}

const defaultMaxBodyBytes = 1_048_576

/** The settings of the last call with each scheme: most programs call `verify` with the same options each time. */
const lastSettings = new WeakMap<object, { options: VerifyOptions; settings: VerificationSettings }>()
const warned = new Set<string>()

/**
 * Returns the settings for a call of `verify`, from the cache if the options have not changed.
 *
 * @throws WebhookConfigurationError naming the option and the fix
 */
export function cachedVerificationSettings(options: VerifyOptions): VerificationSettings {
  const last = lastSettings.get(options?.scheme)
  if (last && sameOptions(last.options, options)) return last.settings
  checkVerifyOptions(options)
  const settings = resolveVerificationSettings(options, (message) => {
    const line = `countersign: "${options.scheme.name}": ${message}`
    if (!warned.has(line)) console.warn(line)
    warned.add(line)
  })
  // Not cached with a list or an object, which may be changed in place.
  const { secret, toleranceSeconds } = options
  if ((typeof secret === 'string' || typeof secret === 'function') && typeof toleranceSeconds !== 'object') {
    lastSettings.set(options.scheme, { options: { ...options }, settings })
  }
  return settings
}

function sameOptions(a: VerifyOptions, b: VerifyOptions): boolean {
  return (
    a.secret === b.secret &&
    a.now === b.now &&
    a.toleranceSeconds === b.toleranceSeconds &&
    a.parse === b.parse &&
    a.maxBodyBytes === b.maxBodyBytes &&
    a.bodyTimeoutMs === b.bodyTimeoutMs &&
    a.secretTimeoutMs === b.secretTimeoutMs
  )
}

/** @throws WebhookConfigurationError naming the option and the fix */
export function resolveVerificationSettings(
  options: VerifyOptions & { readonly clock?: Clock; readonly endpoint?: string },
  warn: (message: string) => void,
): VerificationSettings {
  const scheme = compileScheme(options.scheme)
  const { descriptor } = scheme
  const { now, clock: given = systemClock } = options
  // The default clock needs no check.
  const clock = now === undefined && given === systemClock ? systemClock : checkClock({ now, clock: given })
  const timeoutMs = requireDuration('secretTimeoutMs', options.secretTimeoutMs ?? 5_000)
  return {
    scheme,
    wantedHeaders: listWantedHeaders(scheme),
    secrets:
      typeof options.secret === 'function'
        ? wrapResolver(options.secret, { scheme: descriptor, timeoutMs, clock, warn })
        : prepareSecrets(options.secret, descriptor, { now: clock.now(), warn }),
    toleranceMs:
      options.toleranceSeconds === undefined
        ? scheme.toleranceMs
        : toToleranceMs(options.toleranceSeconds, refuseOption),
    limits: {
      maxBodyBytes: requirePositive(
        'maxBodyBytes',
        options.maxBodyBytes ?? descriptor.maxBodyBytes ?? defaultMaxBodyBytes,
      ),
      bodyTimeoutMs: requireDuration('bodyTimeoutMs', options.bodyTimeoutMs ?? 10_000),
    },
    parse: options.parse !== false,
    clock,
    endpoint: options.endpoint,
    tenantlessSource: joinSource(options.endpoint, 'null', scheme),
    warn,
  }
}

function listWantedHeaders({ headers, verifier, descriptor: { signature } }: CompiledScheme): WantedHeaders {
  if (verifier) return everyHeader
  const { attributes, signatures, ...named } = headers
  const names = [...signatures, ...Object.values(named), ...attributes.map(([, header]) => header)]
  const always = ['content-length', 'content-encoding', 'transfer-encoding']
  const repeatable = 'repeats' in signature && signature.repeats ? signatures : []
  return wantHeaders([...always, ...names.filter((name) => name !== undefined)], repeatable)
}

/** @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` unless the value is a finite number above 0 */
export function requirePositive(option: string, value: number): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value
  return refuseOption(`${option} must be a finite number above 0`)
}

/** Timers with a longer delay fire immediately (HTML, section "Timers"; the same in Node): 2^31 - 1 ms, about 24.8 days. */
const longestTimerMs = 2 ** 31 - 1

/** @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` unless a timer can wait that long */
export function requireDuration(option: string, value: number): number {
  if (requirePositive(option, value) <= longestTimerMs) return value
  return refuseOption(
    `${option} must be at most ${longestTimerMs} ms (24.8 days), the longest that a timer can wait`,
  )
}
