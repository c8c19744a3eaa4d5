import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collectBytes } from '../../src/body/collect-bytes.js'
import type { BodyBudget } from '../../src/types.js'

/** Counts what is held, as a receiver's budget does. */
function countHeld(): BodyBudget & { bytes: number; calls: number } {
  return {
    bytes: 0,
    calls: 0,
    take(bytes) {
      this.bytes += bytes
      this.calls += 1
    },
  }
}

const maxBodyBytes = 1_048_576

/** What a small body may cost beyond twice its bytes. */
const constant = 1024

/** What Content-Length says about a body of this length. */
const announcements = fc.constantFrom<((length: number) => number | undefined)[]>(
  () => undefined,
  (length) => length,
  (length) => length + 1,
  (length) => 3 * length,
  (length) => Math.max(0, length - 1),
  (length) => length >> 1,
  () => 1,
)

describe('the bytes of a body', () => {
  test('one-byte chunks never take much more than twice their bytes', () => {
    const held = countHeld()
    const bytes = collectBytes({ maxBodyBytes, bodyTimeoutMs: 1, budget: held })
    for (let size = 1; size <= maxBodyBytes; size++) {
      bytes.add(Uint8Array.of(size))
      if (held.bytes > 2 * size + constant) expect.fail(`${held.bytes} bytes are held after ${size}`)
    }
    expect(held.bytes).toBe(maxBodyBytes)
    // One object for each block of bytes, and not for each byte.
    expect(held.calls).toBeLessThan(40)
    const joined = bytes.join()
    expect(joined).toHaveLength(maxBodyBytes)
    expect(joined.every((byte, at) => byte === ((at + 1) & 255))).toBe(true)
  })

  test('any chunking returns the same bytes, within twice their size and within the limit', () => {
    const sizes = fc.array(fc.oneof(fc.nat(3), fc.nat(2000), fc.nat(20_000)), { maxLength: 60 })
    fc.assert(
      fc.property(sizes, fc.boolean(), announcements, (lengths, isView, announce) => {
        const chunks = lengths.map((length, at) => chunkOf(length, at, isView))
        const whole = Buffer.concat(chunks)
        const held = countHeld()
        const maxBodyBytes = whole.length || 1
        const announcedLength = announce(whole.length)
        const bytes = collectBytes({ maxBodyBytes, bodyTimeoutMs: 1, budget: held, announcedLength })
        let size = 0
        for (const chunk of chunks) {
          bytes.add(chunk)
          size += chunk.length
          expect(held.bytes).toBeLessThanOrEqual(2 * size + constant)
          expect(held.bytes).toBeLessThanOrEqual(whole.length)
        }
        const joined = bytes.join()
        expect(Buffer.compare(joined, whole)).toBe(0)
        expect(joined.buffer.byteLength).toBeLessThanOrEqual(2 * whole.length + constant)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  test('a chunk that is the whole body is not copied, nor is a large one among others', () => {
    for (const length of [1, 100, 5000])
      for (const announcedLength of [undefined, length]) {
        const chunk = new Uint8Array(length)
        const bytes = collectBytes({ maxBodyBytes, bodyTimeoutMs: 1, announcedLength })
        bytes.add(chunk)
        expect(bytes.join()).toBe(chunk)
      }
    const held = countHeld()
    const bytes = collectBytes({ maxBodyBytes, bodyTimeoutMs: 1, budget: held })
    for (let count = 0; count < 8; count++) bytes.add(new Uint8Array(65_536))
    expect(held).toMatchObject({ bytes: 8 * 65_536, calls: 8 })
  })

  test('a small view does not keep its large buffer alive', () => {
    for (const length of [1, 5000]) {
      const bytes = collectBytes({ maxBodyBytes, bodyTimeoutMs: 1 })
      bytes.add(new Uint8Array(new ArrayBuffer(65_536), 100, length))
      expect(bytes.join().buffer.byteLength).toBeLessThanOrEqual(Math.max(constant, length))
    }
  })

  test('empty chunks take no memory', () => {
    const held = countHeld()
    const bytes = collectBytes({ maxBodyBytes, bodyTimeoutMs: 1, budget: held })
    for (let count = 0; count < 1000; count++) bytes.add(new Uint8Array(new ArrayBuffer(100), 0, 0))
    expect(held.calls).toBe(0)
    expect(bytes.join()).toHaveLength(0)
  })

  test('a body of announced length is in one buffer from its half on, and is not joined', () => {
    const piece = 65_536
    const held = countHeld()
    const bytes = collectBytes({ maxBodyBytes, bodyTimeoutMs: 1, budget: held, announcedLength: 8 * piece })
    const heldAfter = Array.from({ length: 8 }, (_, at) => {
      bytes.add(new Uint8Array(piece).fill(at))
      return held.bytes / piece
    })
    expect(heldAfter).toEqual([1, 2, 3, 8, 8, 8, 8, 8])
    const joined = bytes.join()
    expect(joined.buffer.byteLength).toBe(8 * piece)
    expect([...joined.filter((_, at) => at % piece === 0)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(bytes.join().buffer).toBe(joined.buffer)
  })

  test('a sender that announces much and sends little is not charged for what it announces', () => {
    const held = countHeld()
    const bytes = collectBytes({
      maxBodyBytes,
      bodyTimeoutMs: 1,
      budget: held,
      announcedLength: maxBodyBytes,
    })
    bytes.add(Uint8Array.of(1))
    expect(held.bytes).toBe(1)
    for (let size = 2; size <= maxBodyBytes; size++) {
      bytes.add(Uint8Array.of(size))
      if (held.bytes > 2 * size + constant) expect.fail(`${held.bytes} bytes are held after ${size}`)
    }
    expect(held.bytes).toBe(maxBodyBytes)
    expect(bytes.join().every((byte, at) => byte === ((at + 1) & 255))).toBe(true)
  })

  test.each([
    ['shorter', [60_000, 10_000]],
    ['longer', [60_000, 30_000, 50_000, 10, 20_000]],
    ['longer at once', [200_000]],
  ])('a body that is %s than announced keeps its bytes', (_how, lengths) => {
    const chunks = lengths.map((length, at) => chunkOf(length, at + 1, false))
    const bytes = collectBytes({ maxBodyBytes, bodyTimeoutMs: 1, announcedLength: 100_000 })
    for (const chunk of chunks) bytes.add(chunk)
    expect(Buffer.compare(bytes.join(), Buffer.concat(chunks))).toBe(0)
  })

  test('a buffer that the budget refuses is not allocated', () => {
    const refusal = new Error('refused')
    const taken: number[] = []
    const budget: BodyBudget = {
      take: (bytes) => {
        if (taken.push(bytes) > 1) throw refusal
      },
    }
    const bytes = collectBytes({ maxBodyBytes, bodyTimeoutMs: 1, budget, announcedLength: 100 })
    bytes.add(new Uint8Array(10))
    expect(() => bytes.add(new Uint8Array(40))).toThrow(refusal)
    expect(taken).toEqual([10, 90])
  })

  test('bytes that the budget refuses are not kept', () => {
    const refusal = new Error('refused')
    const budget: BodyBudget = {
      take: (bytes) => {
        if (bytes > 10) throw refusal
      },
    }
    const bytes = collectBytes({ maxBodyBytes, bodyTimeoutMs: 1, budget })
    expect(() => bytes.add(new Uint8Array(11))).toThrow(refusal)
  })
})

/** Exactly its bytes, or a view into a much larger buffer. */
function chunkOf(length: number, fill: number, isView: boolean): Uint8Array {
  const chunk = isView ? new Uint8Array(new ArrayBuffer(length + 65_536), 17, length) : new Uint8Array(length)
  return chunk.fill(fill)
}
