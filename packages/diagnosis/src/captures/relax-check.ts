import type { VerificationErrorCode, VerifyOptions } from '@countersign/core'
import type { Capture } from './capture.js'

/** A capture and how it is verified. */
export interface Attempt {
  readonly capture: Capture
  readonly options: VerifyOptions
}

type Relax = (attempt: Attempt) => Attempt

const longSeconds = 1e12
const lengthHeaders: ReadonlySet<string> = new Set(['content-length', 'content-encoding'])

const allowMethod: Relax = ({ capture, options }) => ({
  capture,
  options: { ...options, scheme: { ...options.scheme, methods: [capture.method] } },
})

const allowLength: Relax = ({ capture, options }) => ({
  capture: {
    ...capture,
    headers: capture.headers.filter(([name]) => !lengthHeaders.has(name.toLowerCase())),
  },
  options: { ...options, maxBodyBytes: Number.MAX_SAFE_INTEGER },
})

const allowTime: Relax = ({ capture, options }) => ({
  capture,
  options: { ...options, toleranceSeconds: longSeconds },
})

/** Refusals that leave the later checks something to check. */
const relaxations: Readonly<Partial<Record<VerificationErrorCode, Relax>>> = {
  ERR_WEBHOOK_METHOD_NOT_ALLOWED: allowMethod,
  ERR_WEBHOOK_BODY_TOO_LARGE: allowLength,
  ERR_WEBHOOK_BODY_INCOMPLETE: allowLength,
  ERR_WEBHOOK_BODY_ENCODED: allowLength,
  ERR_WEBHOOK_TIMESTAMP_TOO_OLD: allowTime,
  ERR_WEBHOOK_TIMESTAMP_TOO_NEW: allowTime,
}

/** The same without the check that refused; undefined where nothing could be checked after it. */
export function relaxCheck(attempt: Attempt, code: VerificationErrorCode): Attempt | undefined {
  return relaxations[code]?.(attempt)
}
