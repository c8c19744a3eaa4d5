import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decodeHex, encodeHex } from '../../src/encoding/hex.js'

describe('hex', () => {
  // RFC 4648 section 10
  it.each([
    ['', ''],
    ['f', '66'],
    ['fo', '666F'],
    ['foo', '666F6F'],
    ['foob', '666F6F62'],
    ['fooba', '666F6F6261'],
    ['foobar', '666F6F626172'],
  ])('reads %j as RFC 4648 does', (text, hex) => {
    expect(decodeHex(hex)).toEqual(new Uint8Array(Buffer.from(text)))
    expect(decodeHex(hex.toLowerCase())).toEqual(new Uint8Array(Buffer.from(text)))
  })

  it('agrees with Buffer for every byte and for random bytes of every length up to 100', () => {
    const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    for (const bytes of [everyByte, ...Array.from({ length: 100 }, (_, length) => randomBytes(length))]) {
      const hex = Buffer.from(bytes).toString('hex')
      expect(encodeHex(bytes)).toBe(hex)
      expect(decodeHex(hex)).toEqual(new Uint8Array(bytes))
      expect(decodeHex(hex.toUpperCase())).toEqual(new Uint8Array(bytes))
    }
  })

  it.each([
    ['one digit', 'a'],
    ['an odd number of digits', 'abc'],
    ['a letter after f', 'ag'],
    ['a letter before the odd place', 'ga'],
    ['a blank before', ' ab'],
    ['a blank inside', 'a b1'],
    ['a line end', 'abcd\n0'],
    ['a prefix', '0xab'],
    ['a sign', '-1'],
    ['a NUL', 'ab\0\0'],
    ['the characters beside the digits', '/:'],
    ['the characters beside the letters', '@G'],
    ['the characters beside the small letters', '`g'],
    ['full-width digits', '０１'],
    ['arabic digits', '١٢'],
    ['a character whose low byte is a digit', '\u0130\u0131'],
    ['an emoji', '💥'],
    ['a lone surrogate', '\ud800a'],
  ])('refuses %s', (_, text) => {
    expect(decodeHex(text)).toBeUndefined()
  })

  it('refuses every character that is not a digit, in either place', () => {
    for (let code = 0; code < 0x300; code++) {
      const character = String.fromCharCode(code)
      const expected = /[0-9a-fA-F]/.test(character)
      expect(decodeHex(`${character}0`) !== undefined, `code ${code}`).toBe(expected)
      expect(decodeHex(`0${character}`) !== undefined, `code ${code}`).toBe(expected)
    }
  })
})
