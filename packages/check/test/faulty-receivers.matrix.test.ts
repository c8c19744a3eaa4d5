import { readdirSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { checkReceiver } from '../src/check-receiver.js'
import { type CheckFault, faults } from '../src/faults.js'
import { type PlainReceiver, receiverSecret } from './support/plain-receiver.js'

interface Fixture {
  readonly found: { readonly property: string; readonly fault: CheckFault }
  /** The properties that are enough to find it. Default: all. */
  readonly only?: readonly string[]
  readonly FaultyReceiver: new () => PlainReceiver
}

const names = readdirSync(new URL('./faulty-receivers/', import.meta.url)).map((file) =>
  file.replace(/\.ts$/, ''),
)

/** These wait long or send much: only receivers that are wrong there are checked for them. */
const slow = ['ends-stalled-body', 'ends-slow-head', 'limits-body', 'reads-small-chunks', 'serves-others']

/** Not as it should be, but harmless: these fail nothing. */
const remarks: readonly CheckFault[] = [
  'ignores-signature-prefix',
  'lenient-encoding',
  'lenient-number',
  'reveals-reason',
]

/** Only if silence is the fault is the time limit short: elsewhere a short one makes a busy machine look silent. */
const staysSilent = (fault: CheckFault) => /^(hangs-|keeps-|one-stall-)/.test(fault)

vi.setConfig({ maxConcurrency: 16, testTimeout: 180_000 })

describe('a receiver with one fault', () => {
  test.concurrent.each(names)('%s: the check names that fault, and no other', async (name) => {
    const { found, only, FaultyReceiver } = await load(name)
    const receiver = new FaultyReceiver()
    const url = await receiver.start()
    const { passed, properties } = await checkReceiver({
      url,
      scheme: receiver.scheme,
      secret: receiverSecret,
      handled: () => receiver.handled,
      timeoutMs: staysSilent(found.fault) ? 5_000 : 30_000,
      ...(only && { only }),
      skip: slow.filter((property) => property !== found.property),
    })
    receiver.stop()
    const wrong = properties.filter(({ verdict, fault }) => verdict === 'fail' || fault !== undefined)
    expect(wrong.map(({ property, fault }) => ({ property, fault }))).toEqual([found])
    const isRemark = remarks.includes(found.fault)
    expect(wrong[0]).toMatchObject({ verdict: isRemark ? 'unknown' : 'fail', advice: faults[found.fault] })
    expect(passed).toBe(isRemark)
  })
})

test('there is a faulty receiver for every fault', async () => {
  const fixtures = await Promise.all(names.map(load))
  const found = new Set(fixtures.map((fixture) => fixture.found.fault))
  const missing = Object.keys(faults).filter((fault) => !found.has(fault as CheckFault))
  // This one takes a minute and a half to find.
  expect(missing).toEqual(['keeps-slow-head'])
})

function load(name: string): Promise<Fixture> {
  return import(`./faulty-receivers/${name}.ts`)
}
