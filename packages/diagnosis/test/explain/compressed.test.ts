import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { github } from '@countersign/core/schemes'
import { explain } from '@countersign/diagnosis'
import { createSender } from '@countersign/testing'
import { describe, expect, test } from 'vitest'
import { body, plain, secret } from './support/signed.js'

const zipped = gzipSync(body)
const announced = [['Content-Encoding', 'gzip']] as const
const read = (contentEncoding: 'decoded' | 'as-sent') => ({
  options: { scheme: { ...github(), contentEncoding } },
})

describe('a compressed body', () => {
  test.each([
    [
      'gzip of what is signed',
      () => plain({ received: zipped, headers: announced }),
      'body.gzip-not-decoded',
    ],
    ['gzip that is signed', () => plain({ signed: zipped, headers: announced }), 'body.gzip-as-sent'],
    ['gzip that is signed, without its header', () => plain({ signed: zipped }), 'body.gzip-as-sent'],
    [
      'gzip that is signed, read as if its content were',
      () => plain({ signed: zipped, ...read('decoded') }),
      'body.gzip-as-sent',
    ],
    [
      'gzip of what is signed, read as if it were signed',
      () => plain({ received: zipped, ...read('as-sent') }),
      'body.gzip-not-decoded',
    ],
    ['gzip within gzip', () => plain({ received: gzipSync(zipped), headers: announced }), 'body.gzip-twice'],
    [
      'gzip within gzip, the inner one signed',
      () => plain({ signed: zipped, received: gzipSync(zipped) }),
      'body.gzip-twice',
    ],
    [
      'gzip within gzip, one of them read',
      () => plain({ received: gzipSync(zipped), ...read('decoded') }),
      'body.gzip-twice',
    ],
    ['Brotli', () => plain({ received: brotliCompressSync(body) }), 'body.compressed'],
    ['deflate', () => plain({ received: deflateSync(body) }), 'body.compressed'],
    ['raw deflate', () => plain({ received: deflateRawSync(body) }), 'body.compressed'],
    [
      'Brotli that is signed',
      () => plain({ signed: brotliCompressSync(body), headers: [['Content-Encoding', 'br']] }),
      'body.compressed-as-sent',
    ],
  ] as const)('is named and proved: %s', async (_, make, cause) => {
    const { capture, options } = make()

    const { verdict, findings } = await explain(capture, options)

    expect(verdict).toBe('explained')
    expect(findings).toMatchObject([{ cause, target: 'body', level: 'proof' }])
  })

  test('comes with the field that reads it', async () => {
    const decoded = await explain(...args(plain({ received: zipped, headers: announced })))
    const asSent = await explain(...args(plain({ signed: zipped, headers: announced })))

    expect(decoded.findings[0]?.advice).toContain("contentEncoding: 'decoded'")
    expect(asSent.findings[0]?.advice).toContain("contentEncoding: 'as-sent'")
  })

  test('of a scheme that reads it is searched within', async () => {
    const indented = JSON.stringify(JSON.parse(body), null, 2)
    const { capture, options } = plain({
      signed: indented,
      received: zipped,
      secret: ` ${secret}`,
      ...read('decoded'),
    })

    const { findings } = await explain(capture, options)

    expect(findings.map(({ cause, level }) => [cause, level])).toEqual([
      ['body.json-reserialised-compact', 'proof'],
      ['secret.surrounding-space', 'proof'],
    ])
  })

  test('is a hint where nothing matches', async () => {
    const gzip = plain({ received: zipped, key: 'another' })
    const brotli = plain({
      received: brotliCompressSync(body),
      headers: [['Content-Encoding', 'br']],
      key: 'another',
    })
    for (const [{ capture, options }, cause] of [
      [gzip, 'body.gzip'],
      [brotli, 'body.compressed'],
    ] as const) {
      const { verdict, findings } = await explain(capture, { ...options, budgetMs: 500 })

      expect(verdict).toBe('unexplained')
      expect(findings[0]).toMatchObject({ cause, level: 'hint' })
    }
  })
})

test('what the reference sender compresses without a scheme that says so is signed before', async () => {
  const scheme = github()
  const request = createSender({ scheme, secret }).sign({ body, gzip: true })

  const { findings } = await explain(
    { ...request, notes: [] },
    { scheme, secrets: [{ id: 'SECRET', value: secret }] },
  )

  expect(findings).toMatchObject([{ cause: 'body.gzip-not-decoded', level: 'proof' }])
})

function args({ capture, options }: ReturnType<typeof plain>) {
  return [capture, options] as const
}
