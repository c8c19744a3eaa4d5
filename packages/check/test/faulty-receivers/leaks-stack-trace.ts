import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'tells-nothing', fault: 'leaks-stack-trace' } as const

/** Answers with the error as it is. */
export class FaultyReceiver extends PlainReceiver {
  protected override refuse({ response }: Arrived): void {
    this.answer(response, 401, `<pre>${new Error('invalid signature').stack?.replaceAll('\n', '<br>')}</pre>`)
  }
}
