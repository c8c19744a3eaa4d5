import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'handles-replays-once', fault: 'runs-replays' } as const

/** Tells deliveries by the id in the header, which is not signed. */
export class FaultyReceiver extends PlainReceiver {
  protected override keyOf({ request }: Arrived): string {
    return String(request.headers['x-visibuild-delivery'])
  }
}
