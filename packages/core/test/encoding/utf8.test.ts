import { describe, expect, it } from 'vitest'
import { decodeUtf8, encodeUtf8 } from '../../src/encoding/utf8.js'

describe('utf8', () => {
  it.each(['', 'abc', 'é', '€', '😀', '\0', '\u2028', '\uffff', 'a\r\nb', '♥♥'])(
    'writes and reads %j',
    (text) => {
      expect(Buffer.from(encodeUtf8(text)).equals(Buffer.from(text))).toBe(true)
      expect(decodeUtf8(Buffer.from(text))).toBe(text)
    },
  )

  it('drops one leading byte order mark and keeps any other', () => {
    expect(decodeUtf8(Buffer.from('\ufeff{}'))).toBe('{}')
    expect(decodeUtf8(Buffer.from('\ufeff\ufeff{}'))).toBe('\ufeff{}')
    expect(decodeUtf8(Buffer.from('{\ufeff}'))).toBe('{\ufeff}')
  })

  it.each([
    ['a continuation byte alone', [0x80]],
    ['a sequence cut off', [0xe2, 0x82]],
    ['an overlong form', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a code point beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['0xff', [0x7b, 0xff, 0x7d]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00]],
  ])('refuses %s', (_, bytes) => {
    expect(decodeUtf8(Uint8Array.from(bytes))).toBeUndefined()
  })

  it('keeps no state after bytes that it refused', () => {
    expect(decodeUtf8(Uint8Array.of(0xe2, 0x82))).toBeUndefined()
    expect(decodeUtf8(Uint8Array.of(0xac))).toBeUndefined()
    expect(decodeUtf8(Buffer.from('ok'))).toBe('ok')
  })

  it('reads a view of a larger buffer, not the buffer', () => {
    expect(decodeUtf8(Buffer.from('abcd').subarray(1, 3))).toBe('bc')
  })
})
