import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { everyNth, schemes, unprovedOf } from './support/composed.js'
import { bodyDamages } from './support/composed-damages.js'

/** Where a body goes after something happened to it already. */
const ways: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  'a queue': (body) => Buffer.from(JSON.stringify({ Records: [{ body: body.toString('base64') }] })),
  base64: (body) => Buffer.from(body.toString('base64')),
  gzip: (body) => gzipSync(body),
  'a final line end': (body) => Buffer.concat([body, Buffer.from('\n')]),
  'JSON.stringify of the bytes': (body) => Buffer.from(JSON.stringify(body)),
  chunks: (body) =>
    Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]),
  hex: (body) => Buffer.from(body.toString('hex')),
}

test('two things that happen to a body, one after the other, are proved', async () => {
  const cases = schemes.flatMap((scheme) =>
    bodyDamages.flatMap(({ name, signed, received }) =>
      Object.entries(ways).map(
        ([way, go]) => [`${name}, ${way}`, ['body'], { scheme, signed, received: go(received) }] as const,
      ),
    ),
  )

  expect(await unprovedOf(everyNth(cases, 30))).toEqual([])
})
