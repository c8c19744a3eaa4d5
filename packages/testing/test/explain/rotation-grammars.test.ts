import { type HmacSchemeOptions, hmacScheme } from '@countersign/core/schemes'
import { type Capture, createSender, explain } from '@countersign/testing'
import { describe, expect, test } from 'vitest'

const now = 1_773_738_000_000
const header = 'X-Signature'
const timed = { header, signedContent: '{timestamp}.{body}' }
const current = 'the current secret, of 32 bytes!'
const previous = 'the previous secret, of 32 bytes'

/** Forms in which senders put several signatures into a request. */
const forms: readonly HmacSchemeOptions[] = [
  {
    ...timed,
    name: 'pair-groups',
    pairs: { separator: ',', key: 'v1', groups: { separator: ' ' } },
    timestamp: { header, key: 't', unit: 's' },
  },
  {
    ...timed,
    name: 'pair-values',
    pairs: { separator: ',', key: 'v0', values: { separator: ',' } },
    timestamp: { header, key: 't', unit: 's' },
  },
  {
    ...timed,
    name: 'pair-names',
    pairs: { separator: ',', key: 'v1', moreKeys: ['v2'] },
    timestamp: { header, key: 't', unit: 's' },
  },
  {
    ...timed,
    name: 'time-in-list',
    list: { separator: ',' },
    timestamp: { header, position: 0, unit: 'ms' },
  },
  { name: 'numbered-headers', header: 'X-Signature-1', moreHeaders: 'numbered', encoding: 'base64' },
  { name: 'second-header', header: 'X-Primary-Signature', moreHeaders: ['X-Secondary-Signature'] },
  { name: 'repeated-header', header, prefix: 'sha256=', repeats: true },
]

describe.each(forms.map((form) => [form.name, hmacScheme(form)] as const))('%s', (_name, scheme) => {
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
