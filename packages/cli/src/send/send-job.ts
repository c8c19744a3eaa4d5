import type { PreparedDelivery } from '@countersign/testing'
import type { Terminal } from '../terminal.js'
import type { Faults } from './fault-options.js'

/** What each mode of sending needs: the deliveries, and how to send them. */
export interface SendJob {
  /** Builds the next delivery, with a new id unless `--id` was given. */
  readonly prepare: () => PreparedDelivery
  /** Builds one a second later. Compared with {@link prepare}, it shows whether a timestamp makes each body a new event. */
  readonly prepareLater: () => PreparedDelivery
  /** A line on where the id of `--id` is; empty without `--id`. */
  readonly formatId: (delivery: PreparedDelivery) => readonly string[]
  readonly faults: Faults
  readonly schemeName: string
  /** The receiver's URL for messages, without query and credentials. */
  readonly target: string
  readonly timeoutMs: number
  readonly asJson: boolean
  readonly terminal: Terminal
}
