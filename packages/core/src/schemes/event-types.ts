import type { UnknownEvent, UnknownEventName, WebhookEvent } from './scheme-descriptor.js'

/**
 * The event names that a scheme's types list, and any other string: senders add events. Editors complete the listed ones.
 *
 * @example
 * const names: EventName<VisibuildEvent>[] = ['ticket.created', 'ticket.reopened']
 */
export type EventName<TEvent extends WebhookEvent = WebhookEvent> =
  | Exclude<TEvent['event'], UnknownEventName | undefined>
  | (string & {})

/** Events whose payloads the user types by name: `{ push: PushEvent }`. Names of the scheme that the map lacks stay `unknown`. */
export type EventsOfMap<TPayloads, TListed extends string> = string extends keyof TPayloads
  ? { readonly event: string | undefined; readonly payload: TPayloads[keyof TPayloads] }
  :
      | {
          [TName in keyof TPayloads & string]-?: { readonly event: TName; readonly payload: TPayloads[TName] }
        }[keyof TPayloads & string]
      | OtherEvents<TListed, keyof TPayloads>

/**
 * Events whose payloads the user types as a union that `type` discriminates. Names of the scheme that it lacks stay `unknown`. Where
 * `type` is no list of names, every payload is the user's type.
 */
export type EventsOfUnion<TPayload, TListed extends string> =
  string extends TypeOf<TPayload>
    ? { readonly event: string | undefined; readonly payload: TPayload }
    : EventOfPayload<TPayload> | OtherEvents<TListed, TypeOf<TPayload>>

/** The value of a payload's `type`. */
export type TypeOf<TPayload> = TPayload extends { readonly type: infer TName extends string } ? TName : string

/** One event for each member of the union. */
type EventOfPayload<TPayload> = TPayload extends unknown
  ? { readonly event: TypeOf<TPayload>; readonly payload: TPayload }
  : never

/** The events of a scheme that the application has not typed: other names of its list, and names that it does not know. */
export type OtherEvents<TListed extends string, TTyped> =
  | ([Exclude<TListed, TTyped>] extends [never]
      ? never
      : { readonly event: Exclude<TListed, TTyped>; readonly payload: unknown })
  | UnknownEvent

/**
 * Events that the user names. Only a type argument adds them: a route's options expect a scheme of any events, from which the compiler
 * would else conclude that the user has named them all.
 */
export type CustomEvent<TCustom> = [TCustom][TCustom extends unknown ? 0 : never]
