import { RawClient as Client } from '@countersign/testing/http'
import { onTestFinished } from 'vitest'

export { type Answer, parseAnswer } from '@countersign/testing/http'

/** A client on a plain socket, which is closed after the test. */
export class RawClient extends Client {
  constructor(port: number) {
    super({ port })
    onTestFinished(() => this.destroy())
  }
}
