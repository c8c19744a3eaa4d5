import { createHash, createHmac, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Crypto } from '../../src/crypto/mac.js'
import * as node from '../../src/crypto/node.js'
import * as web from '../../src/crypto/web.js'
import type { HmacAlgorithm } from '../../src/schemes/scheme-descriptor.js'
import rfc4231 from './rfc4231.json' with { type: 'json' }
import wycheproof from './wycheproof.json' with { type: 'json' }

/** For what is compared with published digits. */
const encodeHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const nodeNames = {
  'hmac-sha256': 'sha256',
  'hmac-sha1': 'sha1',
  'hmac-sha384': 'sha384',
  'hmac-sha512': 'sha512',
} as const
const algorithms = Object.keys(nodeNames) as HmacAlgorithm[]

describe.each<{ runtime: string; crypto: Crypto }>([
  { runtime: 'node:crypto', crypto: node },
  { runtime: 'WebCrypto', crypto: web },
])('$runtime', ({ crypto }) => {
  const mac = async (algorithm: HmacAlgorithm, secret: Uint8Array, ...parts: Uint8Array[]) =>
    encodeHex(await crypto.computeMac(await crypto.prepareKey(algorithm, secret), parts))

  it.each(rfc4231.vectors)(
    'answers RFC 4231 test case $case',
    async ({ key, data, truncatedTo, ...published }) => {
      for (const algorithm of ['hmac-sha256', 'hmac-sha384', 'hmac-sha512'] as const) {
        const whole = await mac(algorithm, hex(key), hex(data))
        expect(truncatedTo === undefined ? whole : whole.slice(0, truncatedTo / 4)).toBe(published[algorithm])
      }
    },
  )

  it.each(algorithms)('answers the cases of Wycheproof for %s', async (algorithm) => {
    for (const [key = '', message = '', tag = ''] of wycheproof[algorithm]) {
      const whole = await mac(algorithm, hex(key), hex(message))
      expect(whole.slice(0, tag.length)).toBe(tag)
    }
  })

  it.each(algorithms)('computes %s as createHmac does, for every length of key', async (algorithm) => {
    const bytes = (maxLength: number, minLength = 0) => fc.uint8Array({ minLength, maxLength })
    await fc.assert(
      fc.asyncProperty(bytes(300, 1), fc.array(bytes(400), { maxLength: 6 }), async (secret, parts) => {
        const expected = createHmac(nodeNames[algorithm], secret).update(Buffer.concat(parts)).digest('hex')
        expect(await mac(algorithm, secret, ...parts)).toBe(expected)
      }),
    )
    for (let length = 1; length <= 300; length++) {
      const secret = randomBytes(length)
      expect(await mac(algorithm, secret, Buffer.from('body'))).toBe(
        createHmac(nodeNames[algorithm], secret).update('body').digest('hex'),
      )
    }
  })

  it.each(algorithms)('computes %s as createHmac does, whatever the parts', async (algorithm) => {
    for (const size of [0, 1, 63, 64, 65, 1000, 16_383, 16_384, 16_385, 70_000]) {
      const secret = randomBytes(1 + (size % 200))
      const body = randomBytes(size)
      const expected = createHmac(nodeNames[algorithm], secret).update(body).digest('hex')
      const cut = size >> 1
      expect(await mac(algorithm, secret, body)).toBe(expected)
      expect(await mac(algorithm, secret, body.subarray(0, cut), body.subarray(cut))).toBe(expected)
      expect(await mac(algorithm, secret, new Uint8Array(), body, new Uint8Array())).toBe(expected)
    }
  })

  it('computes the MAC of no parts as the MAC of empty input', async () => {
    const secret = randomBytes(32)
    expect(await mac('hmac-sha256', secret)).toBe(createHmac('sha256', secret).digest('hex'))
  })

  it('uses a prepared key repeatedly, also after the secret bytes are wiped', async () => {
    const secret = randomBytes(32)
    const expected = createHmac('sha256', secret).update('body').digest('hex')
    const key = await crypto.prepareKey('hmac-sha256', secret)
    secret.fill(0)
    for (let time = 0; time < 3; time++) {
      expect(encodeHex(await crypto.computeMac(key, [Buffer.from('body')]))).toBe(expected)
    }
  })

  it('does not show the secret when a key is printed', async () => {
    const { inspect } = await import('node:util')
    const secret = Buffer.from('canary-secret-canary-secret')
    const key = await crypto.prepareKey('hmac-sha256', secret)
    const printed = `${inspect(key, { showHidden: true, depth: 9 })}${JSON.stringify(key)}`
    for (const form of ['utf8', 'hex', 'base64'] as const)
      expect(printed).not.toContain(secret.toString(form))
    expect(printed).not.toContain(secret.join(', '))
  })

  it('digests with SHA-256', async () => {
    // FIPS 180-2 appendix B
    const base64url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url')
    const abc = base64url('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    const nothing = base64url('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(await crypto.digestText(Buffer.from('abc'))).toBe(abc)
    expect(await crypto.digestText(new Uint8Array())).toBe(nothing)
    expect(await crypto.digestText(Buffer.from('xabcx').subarray(1, 4))).toBe(abc)
  })

  it.each(['hex', 'base64', 'base64url'] as const)('writes a digest as %s', async (encoding) => {
    for (const size of [0, 1, 55, 56, 64, 10_000]) {
      const bytes = randomBytes(size)
      const expected = createHash('sha256').update(bytes).digest(encoding)
      expect(await crypto.digestText(bytes, encoding)).toBe(expected)
    }
  })

  describe('equalBytes', () => {
    it('is true for equal bytes, in the same buffer or in two', () => {
      const bytes = randomBytes(32)
      expect(crypto.equalBytes(bytes, bytes)).toBe(true)
      expect(crypto.equalBytes(bytes, Uint8Array.from(bytes))).toBe(true)
      expect(crypto.equalBytes(new Uint8Array(), new Uint8Array())).toBe(true)
    })

    it('is false for every single flipped bit', () => {
      const bytes = randomBytes(32)
      for (let bit = 0; bit < 256; bit++) {
        const other = Uint8Array.from(bytes)
        other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(crypto.equalBytes(bytes, other), `bit ${bit}`).toBe(false)
        expect(crypto.equalBytes(other, bytes), `bit ${bit}`).toBe(false)
      }
    })

    it('is false for another length and never throws', () => {
      const bytes = randomBytes(32)
      for (let length = 0; length <= 64; length++) {
        const other = Buffer.concat([bytes, bytes]).subarray(0, length)
        expect(crypto.equalBytes(bytes, other), `length ${length}`).toBe(length === 32)
        expect(crypto.equalBytes(other, bytes), `length ${length}`).toBe(length === 32)
      }
    })

    it('compares the views, not the buffer they share', () => {
      const pool = randomBytes(128)
      const [first, second] = [pool.subarray(0, 32), pool.subarray(64, 96)]
      expect(first.buffer).toBe(second.buffer)
      expect(crypto.equalBytes(first, second)).toBe(false)
      second.set(first)
      expect(crypto.equalBytes(first, second)).toBe(true)
    })
  })

  it('returns a new token of 128 bits each time', () => {
    const tokens = Array.from({ length: 2000 }, () => crypto.randomToken())
    expect(new Set(tokens).size).toBe(2000)
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(16)
    expect(tokens.filter((token) => !/^[A-Za-z0-9_-]{22}$/.test(token))).toEqual([])
  })
})

it('the WebCrypto implementation imports nothing that only Node has', async () => {
  const { readFile } = await import('node:fs/promises')
  const reachable = [new URL('../../src/crypto/web.ts', import.meta.url)]
  for (const file of reachable) {
    const source = await readFile(file, 'utf8')
    for (const [, kind, target = ''] of source.matchAll(/^import (type )?[^']*'([^']+)'/gm)) {
      expect(target, file.pathname).toMatch(/^\.{1,2}\//)
      if (kind === undefined) reachable.push(new URL(target.replace(/\.js$/, '.ts'), file))
    }
    expect(source, file.pathname).not.toMatch(/\b(Buffer|require|process)\b/)
  }
  expect(reachable.length).toBeGreaterThan(1)
})

it('both implementations agree on random input', async () => {
  for (let time = 0; time < 200; time++) {
    const algorithm = algorithms[time % algorithms.length] ?? 'hmac-sha256'
    const secret = randomBytes(1 + (time % 150))
    const parts = Array.from({ length: time % 5 }, (_, index) => randomBytes((time * 37 * (index + 1)) % 500))
    const byNode = node.computeMac(node.prepareKey(algorithm, secret), parts)
    const byWeb = await web.computeMac(await web.prepareKey(algorithm, secret), parts)
    expect(encodeHex(byWeb)).toBe(encodeHex(byNode))
    expect(await web.digestText(secret)).toBe(node.digestText(secret))
    expect(web.equalBytes(byNode, byWeb)).toBe(true)
  }
})
