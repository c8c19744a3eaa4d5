import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { flattenText } from '../../src/memory-store/flatten-text.js'
import { hashText53 } from '../../src/memory-store/hash-text-53.js'

describe('hashing a text', () => {
  const digests = Array.from({ length: 100_000 }, (_, index) =>
    createHash('sha256').update(String(index)).digest('base64url'),
  )

  it('distinguishes a hundred thousand digests', () => {
    const folded = new Set(digests.map(hashText53))
    expect(folded.size).toBe(digests.length)
    for (const value of folded) expect(Number.isSafeInteger(value) && value >= 0).toBe(true)
  })

  it('spreads them evenly in each of its bits, and in the lower 32 alone', () => {
    const counts = new Array<number>(53).fill(0)
    for (const digest of digests) {
      const bits = hashText53(digest).toString(2).padStart(53, '0')
      for (let bit = 0; bit < 53; bit++) if (bits[bit] === '1') counts[bit] = (counts[bit] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count / digests.length - 0.5)).toBeLessThan(0.01)
    // 100,000 texts in 2^32 places meet about once.
    expect(new Set(digests.map((digest) => hashText53(digest) >>> 0)).size).toBeGreaterThan(
      digests.length - 10,
    )
  })

  it('depends on every character and its position', () => {
    const text = digests[0] ?? ''
    const changed = [...text].map((_, index) => `${text.slice(0, index)}#${text.slice(index + 1)}`)
    const texts = [
      text,
      ...changed,
      `${text} `,
      ` ${text}`,
      text.slice(1),
      text.slice(0, -1),
      '',
      '\0',
      '\0\0',
      'A',
      '\u0141',
    ]
    expect(new Set(texts.map(hashText53)).size).toBe(texts.length)
  })
})

describe('joining a text', () => {
  it('does not change it', () => {
    for (const text of [
      '',
      '\0',
      'a',
      JSON.stringify(['tickets', null, 'id']),
      '\ud800',
      'x'.repeat(100_000),
    ])
      expect(flattenText(text)).toBe(text)
  })
})
