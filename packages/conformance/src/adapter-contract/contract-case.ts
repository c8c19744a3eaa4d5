import type { SignedRequest } from '@countersign/testing'
import type { Answer, RawClient } from '@countersign/testing/http'
import type { ContractForm } from '../routes/contract-route.js'
import type { RouteKindName } from '../routes/plain-routes.js'
import type { RemoteRoute } from './remote-route.js'
import type { Connection } from './reuse-connection.js'

/** One rule that holds for every adapter. */
export interface ContractCase {
  /** A sentence about what happens; unique. */
  readonly name: string
  /** The forms it runs in. Default: both. */
  readonly forms?: readonly ContractForm[]
  readonly run: (tools: CaseTools) => Promise<void>
}

/** The tools of a case. A case runs once for each form. */
export interface CaseTools {
  readonly form: ContractForm
  /** A route of the current form, reset. */
  route(kind: RouteKindName): Promise<RemoteRoute>
  /** Opens a connection, which is destroyed when the case ends. */
  connect(): RawClient
  /** Sends requests over one connection, and opens a new one when the server closes it. */
  reuseConnection(): Connection
  /** Sends a delivery over a new connection. */
  deliver(route: RemoteRoute, request: SignedRequest): Promise<Answer>
  /** Some exchanges on another connection, so that bytes still under way can arrive. */
  roundTrips(): Promise<void>
  /** Expects that nothing ran so far, and that the program still handles a valid delivery once. */
  expectUnharmed(route: RemoteRoute): Promise<void>
  /** Paths of the routes whose options were changed. */
  changedOptions(): Promise<readonly string[]>
  /** Unhandled promise rejections so far, if the program runs in this process. */
  rejections(): readonly string[]
}
