import type { HmacProof } from '@countersign/core'
import { discover, type SchemeCandidate } from '@countersign/diagnosis'
import { createSender, type Vector, vectorOptions, vectorRequest } from '@countersign/testing'
import { signatureHeaderNames } from '@countersign/testing/sender'
import { describe, expect, test } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'

/** The first valid case of every group: another secret, another time, signatures that were published. */
const cases = [...new Set(vectors.map(({ secrets, file }) => `${file} ${JSON.stringify(secrets)}`))].flatMap(
  (key) =>
    vectors.find(
      (vector) => vector.result === 'valid' && `${vector.file} ${JSON.stringify(vector.secrets)}` === key,
    ) ?? [],
)
const hmacFiles = [...new Set(vectors.filter(isHmac).map(({ file }) => file))]

function isHmac({ scheme }: Vector): boolean {
  return scheme.signature.algorithm.startsWith('hmac-')
}

function captureOf(vector: Vector) {
  const request = vectorRequest(vector)
  return { ...request, url: vector.scheme.url ?? `https://shop.example.com${request.url}`, notes: [] }
}

function secretOf(vector: Vector) {
  const [first] = [vectorOptions(vector).secret].flat()
  return typeof first === 'object' && 'value' in first && first.value !== undefined
    ? first.value
    : (first as string)
}

/** What a capture proves of a scheme. One signature does not show that there may be several, nor where. */
function proved({ scheme }: Pick<SchemeCandidate, 'scheme'>, unknown: readonly string[], seen?: HmacProof) {
  const { signature, signedContent, url, timestamp, secret } = scheme
  const { list, moreHeaders, repeats, pairs, ...alone } = signature as HmacProof
  const isOther = signatureHeaderNames(signature as HmacProof)
    .map((name) => name?.toLowerCase())
    .includes(seen?.header?.toLowerCase() ?? '')
  return withPlainNames({
    signature: {
      ...alone,
      ...(seen && isOther && { header: seen.header }),
      ...(pairs && { pairs: { separator: pairs.separator, key: seen?.pairs?.key ?? pairs.key } }),
      ...(list && !unknown.includes('signature.list') && { list }),
    },
    signedContent,
    url,
    timestamp: timestamp && 'header' in timestamp ? timestamp : undefined,
    id: signedContent?.includes('{id}') ? scheme.deliveryId : undefined,
    secret: secret && { ...secret, prefix: prefixSeen(secret.prefix) },
  })
}

/** One secret shows one of the prefixes that a scheme takes off. */
function prefixSeen(prefix: string | readonly string[] | undefined): string | undefined {
  return [prefix ?? []].flat().at(-1)
}

/** Headers have the names of the capture, in whichever case they came. */
function withPlainNames(value: object): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner) =>
      key === 'header' && typeof inner === 'string' ? inner.toLowerCase() : inner,
    ),
  )
}

describe('every scheme of the suite is found from one of its vectors', () => {
  test.each(cases.map((vector) => [`${vector.file} ${vector.tcId}`, vector] as const))(
    '%s',
    async (_, vector) => {
      const { candidates } = await discover([captureOf(vector)], { secret: secretOf(vector) })

      const [best] = candidates
      const seen = best?.scheme.signature as HmacProof | undefined
      expect(best && proved(best, best.unknown)).toEqual(proved(vector, best?.unknown ?? [], seen))
      expect(best?.unknown).toEqual(expect.arrayContaining(['retries', 'respondWithin', 'disablesAfter']))
    },
  )

  test('there are as many schemes as files, and no HMAC among them is missing', () => {
    expect(new Set(cases.map(({ file }) => file)).size).toBe(new Set(vectors.map(({ file }) => file)).size)
    expect(hmacFiles.length).toBeGreaterThanOrEqual(20)
  })
})

describe('from 10 kB it takes fewer digests than half a second computes', () => {
  test.each(hmacFiles)('%s', async (file) => {
    const vector = vectors.find((other) => other.file === file && other.result === 'valid') as Vector
    const { scheme } = vector
    const secret = secretOf(vector)
    const body = JSON.stringify({ id: 'evt_1', type: 'a.b', filling: 'x'.repeat(10_000) })
    const sender = createSender({ scheme, secret, now: () => vector.now })
    const { url } = captureOf(vector)
    const signed = sender.sign({ body, url })

    const { candidates, effort } = await discover([{ ...signed, url, notes: [] }], { secret })

    expect(candidates[0]?.scheme.signedContent).toBe(scheme.signedContent)
    expect(effort.digests).toBeLessThan(50_000)
    expect(effort.searchedWhole).toBe(true)
  })
})
