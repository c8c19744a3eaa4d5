/** An example of a sender's delivery. */
export interface ExampleDelivery {
  readonly event: string
  readonly payload: unknown
  /** The payload is sent as JSON in the form field `payload`, as in Slack's interactions. */
  readonly inForm?: true
  /** The sender gives this event no id, so none may be added. */
  readonly hasNoId?: true
  /** The delivery id, if it has a special format. */
  readonly id?: string
  /** Unsigned headers the sender always adds. */
  readonly headers?: Readonly<Record<string, string>>
}

/** The variable values of an example. */
export interface ExampleFacts {
  /** ISO 8601. */
  readonly time: string
  /** Seconds since the epoch. */
  readonly seconds: number
  /** Returns a new UUID; for a delivery with a given id, always the same sequence. */
  readonly newId: () => string
}

/** The payload of one event. */
export type MakePayload = (facts: ExampleFacts) => unknown

/** The examples of one sender. */
export interface SenderExamples {
  /** Payloads by event name; the first event is the default. Undefined: any event works. */
  readonly events?: Readonly<Record<string, MakePayload>>
  /** Completes an event's payload, which is undefined if there is no example for the event. */
  readonly wrap: (event: string, payload: unknown, facts: ExampleFacts) => ExampleDelivery
  /** The default event, if `events` does not define it. */
  readonly usual?: string
}

/** A UUID as an id of 32 hex digits, for ids with a prefix: `evt_...`. */
export function toHexId(uuid: string): string {
  return uuid.replaceAll('-', '')
}
