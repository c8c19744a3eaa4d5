import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from '../../src/encoding/base64.js'

const utf8 = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString()

describe('base64', () => {
  // RFC 4648 section 10
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('writes and reads %j as RFC 4648 does', (text, base64) => {
    const base64url = base64.replaceAll('=', '')
    expect(encodeBase64(Buffer.from(text), 'base64')).toBe(base64)
    expect(encodeBase64(Buffer.from(text), 'base64url')).toBe(base64url)
    expect(utf8(decodeBase64(base64, 'base64'))).toBe(text)
    expect(utf8(decodeBase64(base64url, 'base64url'))).toBe(text)
  })

  it('agrees with Buffer for random bytes of every length up to 200', () => {
    for (let length = 0; length <= 200; length++) {
      const bytes = randomBytes(length)
      expect(encodeBase64(bytes, 'base64')).toBe(bytes.toString('base64'))
      expect(encodeBase64(bytes, 'base64url')).toBe(bytes.toString('base64url'))
      expect(decodeBase64(bytes.toString('base64'), 'base64')).toEqual(new Uint8Array(bytes))
      expect(decodeBase64(bytes.toString('base64url'), 'base64url')).toEqual(new Uint8Array(bytes))
    }
  })

  it('reads one spelling only: among all texts of up to four characters, those that Buffer writes', () => {
    const characters = ['A', 'B', 'Q', 'g', 'w', 'z', '9', '+', '/', '-', '_', '=', ' ', '\n', 'é']
    const texts = ['']
    for (let length = 1, from = 0; length <= 4; length++) {
      const upTo = texts.length
      for (; from < upTo; from++) for (const character of characters) texts.push(texts[from] + character)
    }
    for (const alphabet of ['base64', 'base64url'] as const) {
      const wrong = texts.filter((text) => {
        const bytes = Buffer.from(text, alphabet)
        const isCanonical = bytes.toString(alphabet) === text
        const decoded = decodeBase64(text, alphabet)
        return isCanonical ? decoded === undefined || !bytes.equals(decoded) : decoded !== undefined
      })
      expect(wrong).toEqual([])
    }
  })

  it.each([
    ['no padding', 'Zg', 'base64'],
    ['half the padding', 'Zg=', 'base64'],
    ['too much padding', 'Zm8==', 'base64'],
    ['padding alone', '====', 'base64'],
    ['three padding characters', 'Z===', 'base64'],
    ['padding inside', 'Zg==Zg==', 'base64'],
    ['trailing bits (two characters)', 'Zh==', 'base64'],
    ['trailing bits (three characters)', 'Zm9=', 'base64'],
    ['the url alphabet', '-_-_', 'base64'],
    ['a blank before', ' Zg=', 'base64'],
    ['a line end', 'Zm9v\nZm8', 'base64'],
    ['text after the padding', 'Zg==junk', 'base64'],
    ['a NUL', 'Zm9\0', 'base64'],
    ['a character whose low byte is a letter', 'Zm9\u0141', 'base64'],
    ['an emoji', '💥💥', 'base64'],
    ['padding', 'Zg==', 'base64url'],
    ['one character too many', 'Zm9vY', 'base64url'],
    ['the standard alphabet', '+/+/', 'base64url'],
    ['trailing bits', 'Zh', 'base64url'],
    ['a blank', 'Zm 9', 'base64url'],
  ] as const)('refuses %s: %j as %s', (_, text, alphabet) => {
    expect(decodeBase64(text, alphabet)).toBeUndefined()
  })

  it('writes a view of a larger buffer, not the buffer', () => {
    expect(encodeBase64(new Uint8Array([1, 2, 3, 4]).subarray(1, 3), 'base64url')).toBe('AgM')
  })
})
