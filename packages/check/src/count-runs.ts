import type { Examination, Tried } from './examination.js'
import { isAccepted, type Reply } from './wire/reply.js'

/** How often the handler ran for what was sent. */
export interface Runs {
  readonly tried: readonly Tried[]
  /** Undefined where nobody counts, or the count cannot be trusted. */
  readonly runs: number | undefined
}

/**
 * Sends deliveries, and counts. A fresh one goes behind them: when it has been counted, so have those before it.
 *
 * @param least how many runs there must be at the least
 */
export async function countRuns(
  examination: Examination,
  least: number,
  send: () => Promise<readonly Tried[]>,
): Promise<Runs> {
  const { handled, countRises, deliveries } = examination
  if (!handled || !countRises) return { tried: await send(), runs: undefined }
  const before = await handled.settled()
  const tried = await send()
  const last = await examination.valid({ what: 'a delivery behind them', request: deliveries.make() })
  const behind = isAccepted(last.reply) ? 1 : 0
  const runs = (await handled.rise(before, least + behind)) - behind
  return { tried, runs: runs < least ? undefined : runs }
}

/** Whether the receiver answers as it does not answer a first delivery: it has seen that this one is none. */
export function isToldApart(reply: Reply, fresh: readonly Tried[]): boolean {
  const [first, second] = fresh
  if (!first || !second) return false
  if (!isAccepted(first.reply) || first.reply.status !== second.reply.status) return false
  if (reply.status !== first.reply.status) return true
  return first.reply.body === second.reply.body && reply.body !== first.reply.body
}
