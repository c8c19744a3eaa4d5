import type { Clock } from '../options.js'
import type { PreparedSecret } from './prepare-secrets.js'

/** Whether a secret is still valid. Most secrets do not expire; then the clock is not read. */
export function isUnexpired({ notAfter }: Pick<PreparedSecret, 'notAfter'>, clock: Clock): boolean {
  return notAfter === Number.POSITIVE_INFINITY || clock.now() <= notAfter
}
