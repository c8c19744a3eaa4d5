import type { PreparedDelivery, SentIdentity, SignedRequest } from '@countersign/testing'
import type { SendJob } from './send-job.js'

/** What is sent, for machines. */
export interface DeliveryJson {
  readonly scheme: string
  readonly event: string | null
  readonly id: string | null
  /** What receivers recognise a repetition by; null if there is nothing. */
  readonly identity: SentIdentity | null
  readonly bytes: number
  /** What is wrong with it on purpose. */
  readonly faults: readonly string[]
}

export function deliveryToJson(
  { event, id, identity }: PreparedDelivery,
  { body }: SignedRequest,
  { schemeName, faults }: SendJob,
): DeliveryJson {
  return {
    scheme: schemeName,
    event: event ?? null,
    id: id ?? null,
    identity: identity ?? null,
    bytes: body.length,
    faults: faults.names,
  }
}
