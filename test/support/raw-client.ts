import { RawClient as Client } from '@countersign/testing/http'
import { onTestFinished } from 'vitest'

export { type Answer, parseAnswer } from '@countersign/testing/http'

/** A client over a bare socket, until the test has finished. */
export class RawClient extends Client {
  constructor(port: number) {
    super({ port })
    onTestFinished(() => this.destroy())
  }
}
