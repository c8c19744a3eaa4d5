import { deepEqual, ok } from 'node:assert/strict'
import { writeRequest } from '@countersign/testing/http'
import type { CaseTools, ContractCase } from '../contract-case.js'
import type { RemoteRoute } from '../remote-route.js'
import { signTicket } from '../sign.js'

const names = ['x-visibuild-signature', 'x-visibuild-timestamp', 'x-visibuild-delivery', 'x-visibuild-event']
const others = [
  'content-type',
  'content-encoding',
  '__proto__',
  'constructor',
  'x-forwarded-for',
  'cookie',
  'range',
]
const methods = ['POST', 'POST', 'POST', 'POST', 'GET', 'PUT', 'DELETE', 'PATCH']

/** A linear congruential generator, so that a failing round can be repeated. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A request that HTTP allows and no sender has signed. */
function writeNoise(route: RemoteRoute, random: (below: number) => number): string {
  const noise = (length: number) =>
    String.fromCharCode(
      ...Array.from({ length: random(length) }, () => noiseCodes[random(noiseCodes.length)] ?? 0x21),
    )
  const signed = signTicket().headers.filter(() => random(4) > 0)
  const added = [...names, ...others]
    .filter(() => random(3) === 0)
    .map((name) => [name, random(3) > 0 ? `sha256=${noise(80)}` : noise(200)] as const)
  return writeRequest({
    method: methods[random(methods.length)] ?? 'POST',
    target: `${route.target}${random(4) === 0 ? `?${encodeURIComponent(noise(20))}` : ''}`,
    headers: [...signed, ...added],
    body: Buffer.from(noise(300), 'latin1'),
    ...(random(4) === 0 && { chunkBytes: 1 + random(40) }),
  })
}

/** What may stand in a header's value (RFC 9110, section 5.5). */
const noiseCodes = Array.from({ length: 256 }, (_, code) => code).filter(
  (code) => code > 0x20 && code !== 0x7f,
)

async function survivesNoise({ route, reuseConnection, isUnharmed }: CaseTools): Promise<void> {
  const plain = await route('plain')
  const random = randomFrom(20_261_121)
  const { exchange } = reuseConnection()
  for (let round = 0; round < 1500; round++) {
    const text = writeNoise(plain, random)
    const { status } = await exchange(text)
    ok(status >= 400 && status < 500, `round ${round}: ${status} to ${JSON.stringify(text)}`)
  }
  await isUnharmed(plain)
}

export const stormCases: readonly ContractCase[] = [
  { name: 'thousands of random requests are refused, each in an answer', run: survivesNoise },
  {
    name: 'many deliveries at once are each handled once',
    async run({ route, deliver }) {
      const plain = await route('plain')
      const tickets = Array.from({ length: 100 }, () => signTicket())
      const answers = await Promise.all(tickets.map((ticket) => deliver(plain, ticket)))
      deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
      const runs = await plain.takeRuns()
      deepEqual([runs.length, new Set(runs.map(({ id }) => id)).size], [100, 100])
    },
  },
  {
    name: 'the options are what they were',
    async run({ changedOptions }) {
      deepEqual(await changedOptions(), [])
    },
  },
  {
    name: 'no promise is left to reject unhandled',
    async run({ roundTrips, rejections }) {
      await roundTrips()
      deepEqual(rejections(), [])
    },
  },
]
