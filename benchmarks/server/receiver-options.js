import { visibuild } from '@countersign/core/schemes'

export const secret = process.env.SECRET ?? ''

/** The two routes of each framework that use Countersign: as users write it, and without deduplication. */
export const options = {
  '/webhook': { endpoint: 'webhook', scheme: visibuild(), secret },
  '/no-dedupe': { endpoint: 'no-dedupe', scheme: visibuild({ identity: 'none' }), secret },
}

/**
 * What the handler of each route does with the payload.
 *
 * @param {any} payload
 */
export function isTicket(payload) {
  return payload.type === 'ticket.created'
}
