/** A delivery as a sender might make it. */
export interface ExampleDelivery {
  readonly event: string
  readonly payload: unknown
  /** The payload travels as JSON in a form's field `payload`, as Slack's interactions do. */
  readonly inForm?: true
  /** The sender gives this event no id, so that none may be written into it. */
  readonly hasNoId?: true
  /** The delivery id, where it has a form of its own. */
  readonly id?: string
  /** Unsigned headers the sender always adds. */
  readonly headers?: Readonly<Record<string, string>>
}

/** What an example is filled with. */
export interface ExampleFacts {
  /** ISO 8601. */
  readonly time: string
  /** Seconds since the epoch. */
  readonly seconds: number
  /** A UUID: another each time, or always the same ones for a delivery whose id was chosen. */
  readonly newId: () => string
}

/** The payload of one event. */
export type MakePayload = (facts: ExampleFacts) => unknown

/** What is known of one sender's deliveries. */
export interface SenderExamples {
  /** The usual events by their names; the first is the default. Undefined: an example can be made of any event. */
  readonly events?: Readonly<Record<string, MakePayload>>
  /** Of an event with its payload; undefined where there is no example of it: then with what all events have. */
  readonly wrap: (event: string, payload: unknown, facts: ExampleFacts) => ExampleDelivery
  /** The default, where `events` does not say it. */
  readonly usual?: string
}

/** A UUID as an id of 32 hex digits, for ids with a prefix: `evt_...`. */
export function toHexId(uuid: string): string {
  return uuid.replaceAll('-', '')
}
