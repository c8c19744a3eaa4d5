import type { BodyBudget } from '../types.js'
import { bodiesPending } from './body-errors.js'

/** The bytes reserved for one unverified body. */
export interface ReservedBytes extends BodyBudget {
  /** Releases all bytes once the body is verified or refused. A later `take` throws. */
  release(): void
}

/** The total of all bodies that a receiver reads and has not verified yet, within a limit. */
export interface PendingBytes {
  /** Starts the reservation of one body. */
  reserve(): ReservedBytes
}

export function createPendingBytes(maxPendingBytes: number): PendingBytes {
  let pending = 0
  return {
    reserve() {
      let held = 0
      let isOver = false
      return {
        take(bytes) {
          if (isOver || bytes > maxPendingBytes - pending) throw bodiesPending(maxPendingBytes)
          pending += bytes
          held += bytes
        },
        release() {
          isOver = true
          pending -= held
          held = 0
        },
      }
    },
  }
}
