import type { SignedRequest } from '@countersign/testing'
import type { Answer, RawClient } from '@countersign/testing/http'
import type { ContractForm } from '../routes/contract-route.js'
import type { RouteKindName } from '../routes/plain-routes.js'
import type { RemoteRoute } from './remote-route.js'
import type { Connection } from './reuse-connection.js'

/** One thing that holds for every adapter. */
export interface ContractCase {
  /** A sentence about what happens; unique. */
  readonly name: string
  /** In which forms it is run. Default: both. */
  readonly forms?: readonly ContractForm[]
  readonly run: (tools: CaseTools) => Promise<void>
}

/** What a case works with. It is run once for each form. */
export interface CaseTools {
  readonly form: ContractForm
  /** A route of the form at hand, as new. */
  route(kind: RouteKindName): Promise<RemoteRoute>
  /** A connection, which is destroyed when the case ends. */
  connect(): RawClient
  /** Connections one after the other, each used for as long as the server keeps it. */
  reuseConnection(): Connection
  /** Delivers on a connection of its own. */
  deliver(route: RemoteRoute, request: SignedRequest): Promise<Answer>
  /** Some exchanges on other connections: time for every byte that was on its way to arrive. */
  roundTrips(): Promise<void>
  /** A good delivery is handled once, and nothing was before: the program has taken no harm. */
  isUnharmed(route: RemoteRoute): Promise<void>
  /** Paths of the routes whose options are no longer what they were. */
  changedOptions(): Promise<readonly string[]>
  /** Promises that nobody looked after, so far; where the program runs in this process. */
  rejections(): readonly string[]
}
