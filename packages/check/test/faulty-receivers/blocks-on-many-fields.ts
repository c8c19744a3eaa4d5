import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'serves-others', fault: 'blocks-on-many-fields' } as const

/**
 * Takes its time over a form of many names, as what looks each of them up anew does: seconds, here one, and without work, so
 * that the tests beside this one are not slowed down. JSON comes first, so that nothing else is wrong.
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
