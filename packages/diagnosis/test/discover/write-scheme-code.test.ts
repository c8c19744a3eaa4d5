import { defineScheme, type SchemeDescriptor } from '@countersign/core'
import { describeUnknown, discover, type SchemeCandidate, writeSchemeCode } from '@countersign/diagnosis'
import { expect, test } from 'vitest'
import { secret, signByHand } from './support/sign-by-hand.js'

/** What the pasted code defines. */
function evaluate(code: string): unknown {
  const program = code
    .replace("import { defineScheme } from '@countersign/core'", '')
    .replace(/^export const \w+ =/m, 'return')
  return new Function('defineScheme', program)(defineScheme)
}

const found = async () =>
  discover(
    [
      signByHand({
        headers: { 'X-Acme-Timestamp': '1773738000', 'X-Acme-Delivery': 'd-1', 'X-Acme-Event': 'order.paid' },
        header: 'X-Acme-Signature',
        value: (signature) => `v1=${signature}`,
        content: ({ body }) => `1773738000.${body}`,
      }),
    ],
    { secret },
  )

test('the code is what one would write by hand', async () => {
  const { candidates } = await found()

  expect(
    writeSchemeCode(candidates[0] as SchemeCandidate),
  ).toBe(`import { defineScheme } from '@countersign/core'

export const acmeScheme = defineScheme({
  name: 'acme',
  // Whether the header holds several signatures while the secret is being changed.
  signature: {
    algorithm: 'hmac-sha256',
    header: 'X-Acme-Signature',
    encoding: 'hex',
    prefix: 'v1=',
  },
  signedContent: '{timestamp}.{body}',
  timestamp: { header: 'X-Acme-Timestamp', unit: 's' },
  // A guess by its name; it must be new for each delivery and the same in its retries.
  deliveryId: { header: 'X-Acme-Delivery' },
  // A guess by its name.
  eventType: { header: 'X-Acme-Event' },

  // No capture shows these; fill in what the sender's documentation says:
  // How old a delivery may be; more where retries repeat the time of the first attempt.
  // toleranceSeconds: 300,
  // Seconds before each attempt, the first included.
  // retries: [0, 30, 120],
  // Seconds the sender waits for an answer.
  // respondWithin: 10,
  // Failed attempts after which the sender switches the endpoint off.
  // disablesAfter: 10,
})
`)
})

test('the code defines the scheme, and with its comments taken out it still does', async () => {
  const { candidates } = await found()
  const candidate = candidates[0] as SchemeCandidate
  const code = writeSchemeCode(candidate)
  const uncommented = code.replace(/^ {2}\/\/ (\w+: .*,)$/gm, '  $1')

  expect(evaluate(code)).toEqual(candidate.scheme)
  expect(evaluate(uncommented)).toMatchObject({
    ...candidate.scheme,
    toleranceSeconds: 300,
    disablesAfter: 10,
  })
})

test('text from a capture stays text, whatever it holds', () => {
  const url = "https://shop.example.com/'+process.exit()+'/\\\n\u2028`$*/\"é"
  const scheme: SchemeDescriptor = {
    name: '7-seas-and-more',
    signature: {
      algorithm: 'hmac-sha512',
      header: 'X-A-Rather-Long-Header-Of-Seven-Seas-Signature',
      encoding: 'base64url',
      pairs: { separator: ', ', key: 'v1' },
    },
    signedContent: '{method}\n{url}\n{body}',
    url,
  }

  const code = writeSchemeCode({ scheme, unknown: ['url', 'retries', 'eventType', 'identity'] })

  expect(evaluate(code)).toEqual(scheme)
  expect(code).toContain('export const sender7SeasAndMore = ')
  expect(code).toContain("\n    pairs: { separator: ', ', key: 'v1' },\n")
})

test('every field that can be open has its sentence', async () => {
  const { candidates } = await found()
  const { scheme, unknown } = candidates[0] as SchemeCandidate
  const sentences = unknown.map((field) => describeUnknown(field, scheme))

  expect(new Set(sentences).size).toBe(sentences.length)
  expect(sentences).not.toContain('Look it up in the documentation of the sender.')
})
