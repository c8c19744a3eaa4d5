import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'never-redirects', fault: 'redirects' } as const

/** Sends who is refused to a page to log in. */
export class FaultyReceiver extends PlainReceiver {
  protected override refuse({ response }: Arrived): void {
    response.writeHead(302, { location: '/login' }).end()
  }
}
