import type { Examination, SentProbe } from './examination.js'
import { isAccepted, type Reply } from './wire/reply.js'

/** How often the handler ran for what was sent. */
export interface Runs {
  readonly tried: readonly SentProbe[]
  /** Undefined without a count, or if the count cannot be trusted. */
  readonly runs: number | undefined
}

/**
 * Sends deliveries and counts the runs. A fresh delivery follows them: once it is counted, so are those before it.
 *
 * @param least the smallest number of runs there must be
 */
export async function countRuns(
  examination: Examination,
  least: number,
  send: () => Promise<readonly SentProbe[]>,
): Promise<Runs> {
  const { handled, isCounted, deliveries } = examination
  if (!handled || !isCounted) return { tried: await send(), runs: undefined }
  const before = await handled.settled()
  const tried = await send()
  const last = await examination.sendValid({ what: 'a delivery sent after them', request: deliveries.make() })
  const lastRun = isAccepted(last.reply) ? 1 : 0
  const runs = (await handled.countSince(before, least + lastRun)) - lastRun
  return { tried, runs: runs < least ? undefined : runs }
}

/** Whether the receiver answers differently from how it answers a first delivery: it has recognised a repetition. */
export function isRecognised(reply: Reply, fresh: readonly SentProbe[]): boolean {
  const [first, second] = fresh
  if (!first || !second) return false
  if (!isAccepted(first.reply) || first.reply.status !== second.reply.status) return false
  if (reply.status !== first.reply.status) return true
  return first.reply.body === second.reply.body && reply.body !== first.reply.body
}
