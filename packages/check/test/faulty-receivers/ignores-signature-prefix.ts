import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'reads-signature-strictly', fault: 'ignores-signature-prefix' } as const

/** Reads what stands behind the equals sign, whatever stands before it. */
export class FaultyReceiver extends PlainReceiver {
  protected override matches(given: string, expected: readonly string[]): boolean {
    return super.matches(given.includes('=') ? `sha256=${given.split('=').slice(1).join('=')}` : '', expected)
  }
}
