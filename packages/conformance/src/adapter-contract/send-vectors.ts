import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { Vector, VectorDelivery } from '@countersign/testing'
import { vectorBody } from '@countersign/testing'
import { writeRequest } from '@countersign/testing/http'
import type { ContractEntry } from '../routes/contract-command.js'
import { groupPath } from '../routes/contract-group.js'
import type { Target } from './contract-program.js'
import { type ContractException, isExceptedVector, lostMs } from './exceptions.js'
import type { VectorsOfGroup } from './group-vectors.js'
import { RemoteRoute } from './remote-route.js'
import { type Connection, reuseConnection } from './reuse-connection.js'

/** What is compared. */
interface Verdict {
  readonly status: number
  /** The one thing that happened: the user's code ran, or the request was refused. */
  readonly happened:
    | { readonly ran: VectorDelivery & { readonly digest: string } }
    | { readonly code: string | null; readonly authentic: boolean }
}

/** What became of a vector. */
export interface SentVector {
  readonly vector: Vector
  /** What was stated and what came instead; undefined where it passed. */
  readonly difference: string | undefined
}

/**
 * Sends all vectors of a group, one after the other, and looks after each one at what the program wrote down. Those with an
 * exception go over a connection of their own.
 */
export async function sendVectors(
  { group, vectors }: VectorsOfGroup,
  target: Target,
  exceptions: readonly ContractException[],
): Promise<readonly SentVector[]> {
  const route = new RemoteRoute(groupPath(group), target)
  const connection = reuseConnection(target)
  const lost = reuseConnection({ ...target, limitMs: lostMs })
  const sent: SentVector[] = []
  let now: number | undefined
  await route.reset()
  try {
    for (const vector of vectors) {
      if (vector.now !== now) await route.setNow(vector.now)
      now = vector.now
      const isExcepted = exceptions.some((exception) => isExceptedVector(exception, vector))
      sent.push({ vector, difference: await sendVector(vector, route, isExcepted ? lost : connection) })
    }
  } finally {
    connection.end()
    lost.end()
  }
  return sent
}

async function sendVector(
  vector: Vector,
  route: RemoteRoute,
  connection: Connection,
): Promise<string | undefined> {
  const body = vectorBody(vector.request.body)
  const { method, url, headers } = vector.request
  const query = url.indexOf('?')
  const target = query < 0 ? route.target : route.target + url.slice(query)
  const stated = JSON.stringify(statedBy(vector, body))
  let found: string
  try {
    const { status } = await connection.exchange(writeRequest({ method, target, headers, body }))
    found = JSON.stringify(verdictOf(status, await route.take()))
  } catch (error) {
    await route.take()
    found = String(error)
  }
  return stated === found ? undefined : `stated ${stated}, found ${found}`
}

const statuses: Readonly<Record<string, number>> = {
  ERR_WEBHOOK_METHOD_NOT_ALLOWED: 405,
  ERR_WEBHOOK_BODY_TOO_LARGE: 413,
  ERR_WEBHOOK_BODY_ENCODED: 415,
  ERR_WEBHOOK_PAYLOAD_MALFORMED: 400,
}

function statedBy({ code, authentic, delivery, scheme }: Vector, body: Uint8Array): Verdict {
  if (!delivery) return { status: statuses[code ?? ''] ?? 401, happened: { code: code ?? null, authentic } }
  const { secretId, id, event, timestamp } = delivery
  const verified = scheme.contentEncoding === 'decoded' && isGzip(body) ? gunzipSync(body) : body
  const digest = createHash('sha256').update(verified).digest('hex')
  return { status: 200, happened: { ran: { secretId, id, event, timestamp, digest } } }
}

/** RFC 1952, section 2.3.1. */
function isGzip(body: Uint8Array): boolean {
  return body[0] === 0x1f && body[1] === 0x8b
}

function verdictOf(status: number, log: readonly ContractEntry[]): Verdict | { readonly log: unknown } {
  const telling = log.filter(({ type }) => type === 'ran' || type === 'rejected')
  const [entry] = telling
  if (!entry || telling.length > 1) return { log: { status, entries: log } }
  if (entry.type === 'rejected') {
    const { code, authentic } = entry
    return { status, happened: { code, authentic } }
  }
  if (entry.type !== 'ran') return { log }
  const { secretId, id, event, timestamp, digest } = entry.delivery
  return { status, happened: { ran: { secretId, id, event, timestamp, digest } } }
}
