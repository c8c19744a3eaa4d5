import type { BodyBudget } from '../types.js'
import { bodiesPending } from './body-errors.js'

/** What one body may hold while it is not verified. */
export interface ReservedBytes extends BodyBudget {
  /** Gives back all that was taken, once the body is verified or refused. Whatever is asked for later is refused. */
  release(): void
}

/** The bytes of all bodies that a receiver reads and has not verified yet, within a limit. */
export interface PendingBytes {
  /** For one body. */
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
