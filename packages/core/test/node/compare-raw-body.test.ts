import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import getRawBody from 'raw-body'
import { expect, test } from 'vitest'
import { readRawBody } from '../../src/node/read-raw-body.js'
import type { VerificationSettings } from '../../src/settings/verification-settings.js'
import { readBody } from '../../src/steps/read-body.js'

const bodies = 10_000
/** What the other reader calls the reason by its `type`. */
const codes: Readonly<Record<string, string>> = {
  'entity.too.large': 'ERR_WEBHOOK_BODY_TOO_LARGE',
  'request.size.invalid': 'ERR_WEBHOOK_BODY_INCOMPLETE',
  'request.aborted': 'ERR_WEBHOOK_BODY_INCOMPLETE',
}

/** How a body comes: in which pieces, up to which limit, with which announced length, and whether the sender goes away. */
interface Coming {
  readonly pieces: readonly Buffer[]
  readonly limit: number
  readonly length: number | undefined
  readonly breaksOff: boolean
}

test(`reads as raw-body does, over ${bodies} ways in which a body can come`, {
  timeout: 60_000,
}, async () => {
  const random = randomFrom(20_261_127)
  const seen = new Map<string, number>()
  for (let round = 0; round < bodies; round++) {
    const coming = drawComing(random)
    const [ours, theirs] = await Promise.all([readOurs(coming), readTheirs(coming)])
    const result = typeof theirs === 'string' ? theirs : 'bytes'
    seen.set(result, (seen.get(result) ?? 0) + 1)
    if (typeof ours === 'string' || typeof theirs === 'string') expect([round, ours]).toEqual([round, theirs])
    else if (!theirs.equals(ours)) expect.fail(`body ${round} has other bytes`)
  }
  expect([...seen.keys()].sort()).toEqual([
    'ERR_WEBHOOK_BODY_INCOMPLETE',
    'ERR_WEBHOOK_BODY_TOO_LARGE',
    'bytes',
  ])
  expect(Math.min(...seen.values())).toBeGreaterThan(bodies / 20)
})

async function readOurs(coming: Coming): Promise<Uint8Array | string> {
  const limits = { maxBodyBytes: coming.limit, bodyTimeoutMs: 60_000 }
  const headers = new Map(coming.length === undefined ? [] : [['content-length', String(coming.length)]])
  const read = () => readRawBody(streamOf(coming) as unknown as IncomingMessage, limits)
  try {
    return await readBody(read, { headers, announcedLength: coming.length }, {
      limits,
    } as VerificationSettings)
  } catch (error) {
    return String((error as { code?: unknown }).code)
  }
}

async function readTheirs(coming: Coming): Promise<Buffer | string> {
  const { limit, length } = coming
  try {
    return await getRawBody(streamOf(coming), { limit, ...(length !== undefined && { length }) })
  } catch (error) {
    return codes[(error as getRawBody.RawBodyError).type] ?? String(error)
  }
}

/** The pieces as node:http hands them over: several at a time, and then as many as came meanwhile. */
function streamOf({ pieces, breaksOff }: Coming): Readable {
  const left = [...pieces]
  const stream = new Readable({
    read() {
      if (left.length > 0) this.push(left.shift())
      else if (!breaksOff) this.push(null)
      else
        setImmediate(() => {
          this.emit('aborted')
          // As node:http: nobody who does not listen is surprised.
          this.destroy(this.listenerCount('error') > 0 ? new Error('aborted') : undefined)
        })
    },
  })
  return stream
}

function drawComing(random: (below: number) => number): Coming {
  const pieces: Buffer[] = []
  const most = [3, 100, 5000, 70_000][random(4)] ?? 1
  for (let count = random(12); count > 0; count--) pieces.push(drawPiece(1 + random(most), random))
  const size = pieces.reduce((sum, { length }) => sum + length, 0)
  const limit = Math.max(1, size + ([0, 0, 1000, -1, -Math.floor(size / 2)][random(5)] ?? 0))
  const length = random(3) === 0 ? size + (random(3) === 0 && size < limit ? 1 : 0) : undefined
  return {
    pieces,
    limit,
    length: length !== undefined && length > limit ? undefined : length,
    breaksOff: random(8) === 0,
  }
}

/** With bytes of its own buffer, or as a view into a larger one. */
function drawPiece(length: number, random: (below: number) => number): Buffer {
  const whole = random(2) === 0 ? Buffer.alloc(length) : Buffer.alloc(length + 9000)
  const piece = whole.subarray(whole.length - length)
  for (let at = 0; at < length; at += 1 + random(200)) piece[at] = random(256)
  return piece
}

/** A linear congruential generator, so that a failing round can be repeated. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return Math.floor((state / 2 ** 32) * below)
  }
}
