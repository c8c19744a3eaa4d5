import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExpiryHeap } from '../../src/memory-store/expiry-heap.js'

describe('the expiry heap', () => {
  it('returns the earliest time after any additions and removals, and no slot twice', () => {
    const step = fc.oneof(
      fc.record({ add: fc.integer({ min: 0, max: 50 }) }),
      fc.record({ remove: fc.nat() }),
      fc.constant('remove first' as const),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const order = new ExpiryHeap()
        const times = new Map<number, number>()
        for (const step of steps) {
          if (step === 'remove first') {
            const slot = order.firstSlot
            if (slot !== undefined) order.remove(slot)
            if (slot !== undefined) times.delete(slot)
          } else if ('add' in step) {
            if (order.size === order.capacity) order.grow(order.capacity + 3)
            const slot = order.add(step.add)
            expect(times.has(slot)).toBe(false)
            expect(slot).toBeLessThan(order.capacity)
            times.set(slot, step.add)
          } else if (times.size > 0) {
            const slot = [...times.keys()][step.remove % times.size] ?? 0
            order.remove(slot)
            times.delete(slot)
          }
          const earliest = Math.min(...times.values())
          expect(order.size).toBe(times.size)
          expect(order.firstTime).toBe(earliest)
          const first = order.firstSlot
          expect(first === undefined ? Number.POSITIVE_INFINITY : times.get(first)).toBe(earliest)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('returns everything in order', () => {
    const order = new ExpiryHeap()
    const times = [5, 3, 8, 1, 9, 2, 7, 2, 6, 4, Number.POSITIVE_INFINITY, 0]
    order.grow(times.length)
    const timeOf = new Map(times.map((time) => [order.add(time), time]))
    const out: unknown[] = []
    for (let slot = order.firstSlot; slot !== undefined; slot = order.firstSlot) {
      out.push(timeOf.get(slot))
      order.remove(slot)
    }
    expect(out).toEqual([...times].sort((a, b) => a - b))
  })
})
