import type { Delivery, ReceiverOptions } from '@countersign/core'

/**
 * The form in which an adapter is mounted. `answers`: the adapter passes a verified delivery on, and the route writes the answer.
 * `handles`: the adapter runs a handler and writes the answer. If an adapter has one function for both, its handler returns its own
 * response in `answers`.
 */
export type ContractForm = 'answers' | 'handles'

/** A webhook route that the program under test mounts. */
export interface ContractRoute {
  /** The path, from the root of the program. */
  readonly path: string
  /** `answers`: the route answers with the status that `run` returns, and throws what it throws. `handles`: `handle` is the adapter's handler. */
  readonly form: ContractForm
  /** The receiver options: pass this object to the adapter, without a copy. */
  readonly options: ReceiverOptions
  /** Whether to mount the framework's usual body parser in front of the adapter, for example `express.json()`. */
  readonly isParsedBefore: boolean
  /** If set, mount the adapter a second time with these options: as middleware in front, or around the route. */
  readonly outerOptions: ReceiverOptions | undefined
  /** The user's code, for the form `answers`: returns the status of the answer. */
  readonly run: (delivery: Delivery) => Promise<number>
  /** The user's code as a handler, for the form `handles`: returns nothing, or a web `Response` if the case planned one. */
  readonly handle: (delivery: Delivery) => Promise<Response | undefined>
}
