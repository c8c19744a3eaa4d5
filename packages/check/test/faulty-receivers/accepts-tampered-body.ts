import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'binds-body', fault: 'accepts-tampered-body' } as const

/** Remembers the signatures that were right, and takes them for any body. */
export class FaultyReceiver extends PlainReceiver {
  readonly #signed = new Set<string>()

  protected override matches(given: string, expected: readonly string[]): boolean {
    const isRight = super.matches(given, expected)
    if (isRight) this.#signed.add(given)
    return isRight || this.#signed.has(given)
  }
}
