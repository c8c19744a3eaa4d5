import { discover } from '@countersign/diagnosis'
import { expect, test } from 'vitest'
import { type HandSigned, secret, signByHand, url } from './support/sign-by-hand.js'

const id = 'msg_2Lh9KRb0pzN4LePd3XiA4v12Axj'

/** Numbers that look random and are the same in every run (mulberry32). */
function createDice(seed: number) {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const oneOf = <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)] as T
  return { next, oneOf }
}

/** A scheme that nobody has planned: one or two values and the body in any order, joined by any separator. */
function makeScheme(seed: number): HandSigned & { readonly signedContent: string } {
  const { next, oneOf } = createDice(seed)
  const time = oneOf(['1773738000', '1773738000123', '2026-03-17T09:00:00.5Z'])
  const values: Record<string, string> = { timestamp: time, id, url, method: 'POST' }
  const chosen = Object.keys(values)
    .sort(() => next() - 0.5)
    .slice(0, oneOf([1, 2, 2]))
  const bodyPart = oneOf(['body', 'body', 'body', 'bodySha256Hex', 'bodySha256Base64'])
  chosen.splice(Math.floor(next() * (chosen.length + 1)), 0, bodyPart)
  const separator = oneOf(['.', '', ':', '\n', '|', '-', ','])
  const prefix = oneOf(['', 'sha256=', 'v1=', 'hmac '])
  return {
    headers: { 'X-Acme-Sent': time, 'X-Acme-Message': id, 'X-Acme-Shop': 'shop-17' },
    header: oneOf(['X-Acme-Signature', 'X-Acme-Hmac', 'Acme-Proof']),
    value: (signature) => `${prefix}${signature}`,
    hash: oneOf(['sha256', 'sha256', 'sha1', 'sha384', 'sha512']),
    encoding: oneOf(['hex', 'base64', 'base64url']),
    content: ({ body, sha256 }) => {
      const forms: Record<string, string> = {
        ...values,
        body,
        bodySha256Hex: sha256('hex'),
        bodySha256Base64: sha256('base64'),
      }
      return chosen.map((name) => forms[name]).join(separator)
    },
    signedContent: chosen.map((name) => `{${name}}`).join(separator),
  }
}

test('schemes made at random are found, each as it was made', async () => {
  const seeds = Array.from({ length: 20 }, (_, index) => index + 1)
  let digests = 0

  for (const seed of seeds) {
    const { signedContent, ...signed } = makeScheme(seed)
    const { candidates, effort } = await discover([signByHand(signed)], { secret })
    expect(
      candidates.map(({ scheme }) => scheme.signedContent),
      `seed ${seed}`,
    ).toContain(signedContent)
    digests = Math.max(digests, effort.digests)
  }

  expect(digests).toBeLessThan(150_000)
})
