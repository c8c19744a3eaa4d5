import { WebhookConfigurationError } from '../errors.js'
import type { ReceiverHooks, ReceiverOptions, VerifyOptions } from '../options.js'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import type { StandardSchemaV1 } from '../standard-schema.js'
import { findClosestName } from './find-closest-name.js'
import { refuseOption } from './refuse-option.js'

type AnyReceiverOptions = ReceiverOptions<WebhookEvent, StandardSchemaV1 | undefined>
type Names<T> = { readonly [Name in keyof Required<T>]: true }

const hooks: Names<ReceiverHooks> = {
  onVerified: true,
  onRejected: true,
  onDuplicate: true,
  onIgnored: true,
  onConflict: true,
  onHandled: true,
  onHeld: true,
  onFailed: true,
  onExhausted: true,
  onStoreError: true,
}

export const hookNames = Object.keys(hooks) as readonly (keyof ReceiverHooks)[]

const verifyNames: Names<VerifyOptions> = {
  scheme: true,
  secret: true,
  toleranceSeconds: true,
  now: true,
  parse: true,
  maxBodyBytes: true,
  bodyTimeoutMs: true,
  secretTimeoutMs: true,
}

const { parse, ...sharedNames } = verifyNames

const receiverNames: Names<ReceiverOptions> = {
  ...sharedNames,
  ...hooks,
  endpoint: true,
  store: true,
  schema: true,
  events: true,
  maxPendingBytes: true,
  leaseMs: true,
  maxHandlerMs: true,
  retentionMs: true,
  storeTimeoutMs: true,
  onExpiredLease: true,
  onTimeoutAnswer: true,
  onStoreDown: true,
  inProgressStatus: true,
  conflictStatus: true,
  exhaustAfter: true,
  exposeReason: true,
  explain: true,
  logger: true,
  logRefusals: true,
  onWarning: true,
  clock: true,
}

/** Names from other libraries, and other words for our options. */
const otherNames: Readonly<Record<string, string>> = {
  name: 'endpoint',
  onError: 'onFailed',
  onSuccess: 'onHandled',
  signingSecret: 'secret',
  maxAge: 'toleranceSeconds',
  dedupe: 'store',
  log: 'logger',
}

/**
 * Checks what TypeScript would refuse and JavaScript does not: missing options, a scheme that was not called, unknown names, and
 * hooks that are not functions.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` or `ERR_WEBHOOK_SCHEME_INVALID`, naming the option and the fix
 */
export function checkReceiverOptions(options: AnyReceiverOptions): void {
  checkOptions(options, 'createReceiver', receiverNames)
  for (const name of [...hookNames, 'onWarning'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'function')
      refuseOption(`${name} must be a function, as in ${name}: (info) => { ... }`)
  }
}

/** The same for `verify`. */
export function checkVerifyOptions(options: VerifyOptions): void {
  checkOptions(options, 'verify', verifyNames)
}

function checkOptions(options: unknown, caller: string, names: Readonly<Record<string, true>>): void {
  if (typeof options !== 'object' || options === null)
    refuseOption(`${caller} needs options: { scheme: github(), secret: env.GITHUB_WEBHOOK_SECRET }`)
  for (const name of Object.keys(options)) if (!Object.hasOwn(names, name)) refuseUnknown(name, names)
  const { scheme } = options as { readonly scheme?: unknown }
  if (typeof scheme !== 'function') return
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_SCHEME_INVALID',
    `scheme is a function that was not called: write scheme: ${scheme.name || 'github'}().`,
  )
}

function refuseUnknown(name: string, names: Readonly<Record<string, true>>): never {
  const other = otherNames[name]
  const meant =
    other !== undefined && Object.hasOwn(names, other) ? other : findClosestName(name, Object.keys(names))
  return refuseOption(
    meant === undefined
      ? `There is no option "${name}"; docs/options.md lists them all`
      : `There is no option "${name}"; did you mean "${meant}"?`,
  )
}
