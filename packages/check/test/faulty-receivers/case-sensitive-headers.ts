import type { IncomingMessage } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'finds-headers-in-any-case', fault: 'case-sensitive-headers' } as const

/** Looks for the header as the documentation writes it. */
export class FaultyReceiver extends PlainReceiver {
  protected override headerOf({ rawHeaders }: IncomingMessage, name: string): string | undefined {
    const written = name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
    const at = rawHeaders.indexOf(written)
    return at < 0 ? undefined : rawHeaders[at + 1]
  }
}
