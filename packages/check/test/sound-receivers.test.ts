import { setTimeout as wait } from 'node:timers/promises'
import { visibuild } from '@countersign/core/schemes'
import { describe, expect, test, vi } from 'vitest'
import { rotationSchemes } from '../../../test/support/rotation-schemes.js'
import { checkProperties, checkReceiver } from '../src/check-receiver.js'
import type { CheckReport } from '../src/check-report.js'
import { frameworks, serveNode } from './support/adapters.js'
import { PlainReceiver, receiverSecret } from './support/plain-receiver.js'
import { schemes } from './support/schemes.js'
import { hasPython, startPython } from './support/start-python.js'

vi.setConfig({ maxConcurrency: 12, testTimeout: 180_000 })

/** They wait or send much; servers give a head a minute, which no test can wait for. */
const stalls = ['ends-stalled-body', 'ends-slow-head']
const slow = [...stalls, 'limits-body', 'reads-small-chunks', 'serves-others']
/** A sound receiver is never silent, however busy the machine: only a stall has to end in a time of its own. */
const timeoutMs = 30_000
const stallMs = 3_000

function problems({ properties }: CheckReport) {
  return properties.filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown')
}

/** Its time for a body is short, and so it is not tried on anything else: a busy machine takes its time. */
class ImpatientReceiver extends PlainReceiver {
  protected override readonly bodyTimeoutMs = 1_000
}

/** Those that look at the count. */
const counting = checkProperties
  .map(({ property }) => property)
  .filter((property) => /^(handles-|refuses-forged|takes-one-method)/.test(property))

/** Those that the examples do not have: each example is checked as well. */
const others = schemes.filter(([name]) => /github|stripe|standard-webhooks|slack|shopify/.test(name))

describe('a sound receiver has no fault', () => {
  test.concurrent.each(schemes)('ours over node:http, with %s', async (name, scheme, secret) => {
    let handled = 0
    const options = { scheme, secret, onWarning: () => {} }
    const { url, stop } = await serveNode(options, async () => {
      handled++
    })
    const skip = name === 'visibuild' ? stalls : slow
    const uncounted = await checkReceiver({ url, scheme, secret, timeoutMs, skip })
    const counted = await checkReceiver({
      url,
      scheme,
      secret,
      handled: () => handled,
      timeoutMs,
      only: counting,
    })
    stop()
    expect(problems(uncounted)).toEqual([])
    expect(problems(counted)).toEqual([])
  })

  test.concurrent.each(rotationSchemes.map((scheme) => [scheme.name, scheme] as const))(
    'ours over node:http, with %s',
    async (_name, scheme) => {
      const secret = 'rotation-secret-0123456789'
      let handled = 0
      const { url, stop } = await serveNode({ scheme, secret, onWarning: () => {} }, async () => {
        handled++
      })
      const report = await checkReceiver({
        url,
        scheme,
        secret,
        handled: () => handled,
        timeoutMs,
        skip: slow,
      })
      stop()
      expect(problems(report)).toEqual([])
    },
  )

  test.concurrent('ours over node:http, which ends a body that stalls', async () => {
    const options = { scheme: visibuild(), secret: 'stalled-receiver-0123456789' }
    const { url, stop } = await serveNode({ ...options, bodyTimeoutMs: 1_000 }, async () => {})
    const report = await checkReceiver({ url, ...options, timeoutMs: stallMs, only: ['ends-stalled-body'] })
    stop()
    expect(problems(report)).toEqual([])
  })

  const framework = Object.entries(frameworks).flatMap(([name, serve]) =>
    others.map((scheme) => [name, ...scheme, serve] as const),
  )
  test.concurrent.each(framework)('ours on %s, with %s', async (_framework, _name, scheme, secret, serve) => {
    const { url, stop } = await serve({ scheme, secret, onWarning: () => {} }, async () => {})
    const report = await checkReceiver({ url, scheme, secret, timeoutMs, skip: slow })
    stop()
    expect(problems(report)).toEqual([])
  })

  test.concurrent('ours, with a handler that takes its time', async () => {
    let handled = 0
    const options = { scheme: visibuild(), secret: 'slow-receiver-0123456789' }
    const { url, stop } = await serveNode(options, async () => {
      await wait(100)
      handled++
    })
    const report = await checkReceiver({
      url,
      ...options,
      handled: () => handled,
      timeoutMs,
      skip: slow,
    })
    stop()
    expect(problems(report)).toEqual([])
  })

  test.concurrent('one written by hand over node:http', async () => {
    const receiver = new PlainReceiver()
    const url = await receiver.start()
    const { scheme } = receiver
    const handled = () => receiver.handled
    const report = await checkReceiver({
      url,
      scheme,
      secret: receiverSecret,
      handled,
      timeoutMs,
      skip: ['ends-slow-head', 'ends-stalled-body'],
    })
    receiver.stop()
    expect(problems(report)).toEqual([])
    const impatient = new ImpatientReceiver()
    const stalls = { url: await impatient.start(), scheme, secret: receiverSecret, timeoutMs: stallMs }
    const stalled = await checkReceiver({ ...stalls, only: ['ends-stalled-body'] })
    impatient.stop()
    expect(problems(stalled)).toEqual([])
  })

  test.skipIf(!hasPython).concurrent('one written by hand in Python', async () => {
    const { url, secret, handled, stop } = await startPython()
    const report = await checkReceiver({
      url,
      scheme: visibuild(),
      secret,
      handled,
      timeoutMs,
      skip: ['ends-slow-head'],
    })
    stop()
    expect(problems(report)).toEqual([])
  })
})
