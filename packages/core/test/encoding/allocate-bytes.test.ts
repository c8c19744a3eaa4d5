import { expect, it } from 'vitest'
import { allocateBytes } from '../../src/encoding/allocate-bytes.js'

it('returns zeroed bytes of any length that nothing else uses', () => {
  const lengths = [0, 1, 32, 1_024, 1_025, 9_000, ...Array.from({ length: 2_000 }, (_, index) => index % 65)]
  const all = lengths.map((length, index) => {
    const bytes = allocateBytes(length)
    expect(bytes).toHaveLength(length)
    expect(bytes.every((byte) => byte === 0)).toBe(true)
    return bytes.fill(index % 256)
  })
  for (const [index, bytes] of all.entries()) expect(bytes.every((byte) => byte === index % 256)).toBe(true)
})
