import { listCauses, typeName } from './log/describe-thrown.js'

/**
 * Every error code of Countersign. Codes change only with a major version; messages may change at any time.
 * `docs/errors.md` has a heading for each.
 */
export type WebhookErrorCode =
  | ConfigurationErrorCode
  | VerificationErrorCode
  | SecretErrorCode
  | StoreErrorCode
  | HandlerErrorCode

/** Codes of {@link WebhookConfigurationError}: the developer must fix the code or its settings. */
export type ConfigurationErrorCode =
  | 'ERR_WEBHOOK_OPTION_INVALID'
  | 'ERR_WEBHOOK_SCHEME_INVALID'
  | 'ERR_WEBHOOK_SECRET_INVALID'
  | 'ERR_WEBHOOK_ENDPOINT_REQUIRED'
  | 'ERR_WEBHOOK_ENDPOINT_TAKEN'
  | 'ERR_WEBHOOK_RETENTION_TOO_SHORT'
  | 'ERR_WEBHOOK_BODY_ALREADY_PARSED'
  | 'ERR_WEBHOOK_VERIFIED_TWICE'
  | 'ERR_WEBHOOK_STORE_NOT_TRANSACTIONAL'

/** Codes of {@link WebhookVerificationError}: the request is not, or not provably, a delivery of the sender. */
export type VerificationErrorCode =
  | 'ERR_WEBHOOK_METHOD_NOT_ALLOWED'
  | 'ERR_WEBHOOK_BODY_TOO_LARGE'
  | 'ERR_WEBHOOK_BODY_TIMEOUT'
  | 'ERR_WEBHOOK_BODIES_PENDING'
  | 'ERR_WEBHOOK_BODY_INCOMPLETE'
  | 'ERR_WEBHOOK_BODY_ENCODED'
  | 'ERR_WEBHOOK_HEADER_MISSING'
  | 'ERR_WEBHOOK_HEADER_MALFORMED'
  | 'ERR_WEBHOOK_HEADER_AMBIGUOUS'
  | 'ERR_WEBHOOK_SIGNATURE_MISMATCH'
  | 'ERR_WEBHOOK_VERIFIER_FAILED'
  | 'ERR_WEBHOOK_VERIFIER_TIMEOUT'
  | 'ERR_WEBHOOK_SECRET_EXPIRED'
  | 'ERR_WEBHOOK_TENANT_UNKNOWN'
  | 'ERR_WEBHOOK_TIMESTAMP_MISSING'
  | 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'
  | 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'
  | 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'
  | 'ERR_WEBHOOK_PAYLOAD_MALFORMED'
  | 'ERR_WEBHOOK_PAYLOAD_INVALID'

/** Codes of {@link WebhookSecretError}: the operator must fix the source of the secrets. */
export type SecretErrorCode = 'ERR_WEBHOOK_SECRET_UNAVAILABLE'

/** Codes of {@link DedupeStoreError}: the operator must fix the store. */
export type StoreErrorCode =
  | 'ERR_WEBHOOK_STORE_UNAVAILABLE'
  | 'ERR_WEBHOOK_STORE_TIMEOUT'
  | 'ERR_WEBHOOK_STORE_FULL'

/** Codes of {@link WebhookHandlerError}: the application must fix its handler. */
export type HandlerErrorCode =
  | 'ERR_WEBHOOK_HANDLER_FAILED'
  | 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD'
  | 'ERR_WEBHOOK_HANDLER_TIMEOUT'
  | 'ERR_WEBHOOK_LEASE_LOST'
  | 'ERR_WEBHOOK_NOT_CLAIMED'
  | 'ERR_WEBHOOK_NOT_COMMITTED'
  | 'ERR_WEBHOOK_DEFERRED_TOO_LATE'

/** Two copies of this module (ESM beside CJS) have different classes; the registered symbol is the same in both. */
const brand = Symbol.for('countersign.error')

/** The base class of all errors of Countersign. It never contains a secret, a signature, a header value or a body. */
export class WebhookError<Code extends WebhookErrorCode = WebhookErrorCode> extends Error {
  /** One of the codes in `docs/errors.md`. */
  readonly code: Code
  override name = 'WebhookError'

  constructor(code: Code, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    Object.defineProperty(this, brand, { value: true })
  }

  /** For JSON logs, where an error would otherwise be `{}`: its name, code and message, and the type names of its causes. */
  toJSON(): { name: string; code: Code; message: string; causes: readonly string[] } {
    const { name, code, message, cause } = this
    return { name, code, message, causes: cause === undefined ? [] : listCauses(cause).map(typeName) }
  }
}

/**
 * A wrong option or setup. Thrown when a receiver is created, so that it shows at startup and not with the first
 * delivery; the message names the option and the fix.
 */
export class WebhookConfigurationError extends WebhookError<ConfigurationErrorCode> {
  override name = 'WebhookConfigurationError'
}

/**
 * A delivery was refused. Nothing in the request may be trusted unless `authentic` is true: then the proof was valid,
 * and only the timestamp, the secret's expiry or the content was wrong.
 */
export class WebhookVerificationError extends WebhookError<VerificationErrorCode> {
  override name = 'WebhookVerificationError'
  /** True only if the sender's proof was verified, as for a stale but genuine delivery. */
  readonly authentic: boolean

  constructor(
    code: VerificationErrorCode,
    message: string,
    options?: { cause?: unknown; authentic?: boolean },
  ) {
    super(code, message, options)
    this.authentic = options?.authentic === true
  }
}

/** The secret resolver failed, took too long or returned something unusable. The response is 503, so the sender retries. */
export class WebhookSecretError extends WebhookError<SecretErrorCode> {
  override name = 'WebhookSecretError'
}

/** A dedupe store failed, took too long or is full. It never means "not a duplicate". */
export class DedupeStoreError extends WebhookError<StoreErrorCode> {
  override name = 'DedupeStoreError'
}

/** The handler failed (its own error is the `cause`), lost its lease, or made an impossible call such as `defer` after its end. */
export class WebhookHandlerError extends WebhookError<HandlerErrorCode> {
  override name = 'WebhookHandlerError'
}

/**
 * Throw this in a handler when no retry can succeed. The event is kept as failed for the operator, and the response
 * is 2xx, so that the sender stops retrying.
 *
 * @example
 * throw new WebhookPermanentError('The order does not exist.')
 */
export class WebhookPermanentError extends WebhookHandlerError {
  override name = 'WebhookPermanentError'

  constructor(message: string, options?: { cause?: unknown }) {
    super('ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD', message, options)
  }
}

/**
 * Whether a value is an error of Countersign. Works across copies of the package and across realms, unlike `instanceof`.
 *
 * @param code narrows to one code: `isWebhookError(error, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD')`
 *
 * @example
 * export function isStale(error: unknown): boolean {
 *   return isWebhookError(error, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD')
 * }
 */
export function isWebhookError<Code extends WebhookErrorCode = WebhookErrorCode>(
  error: unknown,
  code?: Code,
): error is WebhookError<Code> {
  if (typeof error !== 'object' || error === null || !(brand in error)) return false
  return code === undefined || ('code' in error && error.code === code)
}
