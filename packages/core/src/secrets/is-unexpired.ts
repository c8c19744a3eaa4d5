import type { Clock } from '../options.js'
import type { PreparedSecret } from './prepare-secrets.js'

/** Whether a secret still proves something. Most have no end, and then nobody asks for the time. */
export function isUnexpired({ notAfter }: Pick<PreparedSecret, 'notAfter'>, clock: Clock): boolean {
  return notAfter === Number.POSITIVE_INFINITY || clock.now() <= notAfter
}
