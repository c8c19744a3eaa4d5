import type { Delivery, ReceiverOptions } from '@countersign/core'

/**
 * `answers`: the form that hands on a verified delivery and leaves the answer to the route. `handles`: the form that writes the
 * answer itself. Where an adapter has one function for both, `answers` gives it a response of its own.
 */
export type ContractForm = 'answers' | 'handles'

/** One webhook route of the program under test. */
export interface ContractRoute {
  readonly path: string
  /** `answers`: answer with the status that `run` gives; what it throws, the route throws. `handles`: the adapter's handler is `handle`. */
  readonly form: ContractForm
  /** One object for the life of the program: pass it to the adapter as it is. */
  readonly options: ReceiverOptions
  /** Mount in front of the adapter what usually reads bodies in its framework, as `express.json()`. */
  readonly isParsedBefore: boolean
  /** Mount the adapter a second time with these options: as middleware in front, or with its own function around the route's. */
  readonly outerOptions: ReceiverOptions | undefined
  /** What the user's code does with a verified delivery. */
  readonly run: (delivery: Delivery) => Promise<number>
  /** The same as a handler, which returns nothing or, where a case planned it, a web `Response`. */
  readonly handle: (delivery: Delivery) => Promise<Response | undefined>
}
