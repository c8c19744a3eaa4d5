import { toOneLine } from '../output/to-one-line.js'
import type { DeliveryJson } from './delivery-to-json.js'

/** `visibuild ticket.created, id 42, 312 bytes, forged`. */
export function formatDelivery({ scheme, event, id, bytes, faults }: DeliveryJson): string {
  const name = event === null ? scheme : `${scheme} ${toOneLine(event)}`
  return [name, ...(id === null ? [] : [`id ${toOneLine(id)}`]), `${bytes} bytes`, ...faults].join(', ')
}
