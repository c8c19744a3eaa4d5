import { visibuild } from '@countersign/core/schemes'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'answers-in-time', fault: 'answers-late' } as const

/** It takes its time, and so does a check of it. */
export const only = ['answers-in-time', 'refuses-forged', 'handles-once']

/** Works longer than the sender waits. */
export class FaultyReceiver extends PlainReceiver {
  override readonly scheme = visibuild({ respondWithin: 0.05 })
  protected override readonly workMs = 100
}
