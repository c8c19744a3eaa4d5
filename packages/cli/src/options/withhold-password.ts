import type { Scheme } from '@countersign/core'
import type { Terminal } from '../terminal.js'
import type { NamedSecret } from './secret-options.js'

/** Basic credentials are read as `user:password`, and the password may come back alone: in an echo, in a log. */
export function withholdPassword(secrets: readonly NamedSecret[], scheme: Scheme, terminal: Terminal): void {
  if (scheme.signature.algorithm !== 'basic') return
  for (const { value } of secrets) {
    const text = Buffer.from(value as Uint8Array).toString('utf8')
    terminal.withhold(text.slice(text.indexOf(':') + 1))
  }
}
