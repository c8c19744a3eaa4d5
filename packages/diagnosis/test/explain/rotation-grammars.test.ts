import { type Capture, explain } from '@countersign/diagnosis'
import { createSender } from '@countersign/testing'
import { describe, expect, test } from 'vitest'
import { rotationSchemes } from '../../../../test/support/rotation-schemes.js'

const now = 1_773_738_000_000
const current = 'the current secret, of 32 bytes!'
const previous = 'the previous secret, of 32 bytes'

describe.each(rotationSchemes.map((scheme) => [scheme.name, scheme] as const))('%s', (_name, scheme) => {
  const sender = createSender({ scheme, secret: [current, previous], now: () => now })
  const capture = { ...sender.sign({ payload: { id: 'evt_1', type: 'paid', total: 12.5 } }), notes: [] }
  const causesOf = async (seen: Capture, value: string) => {
    const { verdict, findings } = await explain(seen, { scheme, secrets: [{ id: 'SECRET', value }], now })
    return { verdict, findings: findings.map(({ cause, level }) => `${level}: ${cause}`) }
  }

  test.each([current, previous])('is valid with either secret', async (secret) => {
    expect(await causesOf(capture, secret)).toEqual({ verdict: 'valid', findings: [] })
  })

  test.each([current, previous])('names a line end behind the body, and nothing else', async (secret) => {
    const changed = { ...capture, body: Buffer.concat([capture.body, Buffer.from('\n')]) }
    expect(await causesOf(changed, secret)).toEqual({
      verdict: 'explained',
      findings: ['proof: body.trailing-newline-added'],
    })
  })

  test('proves nothing of another secret', async () => {
    expect((await causesOf(capture, 'a secret of nobody, with 32 bytes')).verdict).toBe('unexplained')
  })
})
