import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'serves-others', fault: 'blocks-on-many-fields' } as const

/**
 * Blocks for a second on a form with many fields, like a parser that scans the form again for each of them. It blocks without
 * using the processor, so that other tests are not slowed down. It tries JSON first, so that nothing else is wrong.
 */
export class FaultyReceiver extends PlainReceiver {
  protected override parse(arrived: Arrived): { readonly id: string } {
    try {
      return super.parse(arrived)
    } catch (error) {
      const names = new Set(new URLSearchParams(arrived.body.toString('utf8')).keys())
      if (names.size > 10_000) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500)
      throw error
    }
  }
}
