import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../src/fake-clock.js'

describe('a fake clock', () => {
  it('does not move until it is advanced', async () => {
    const clock = createFakeClock({ now: 1_700_000_000_000 })
    expect([clock.now(), clock.monotonic()]).toEqual([1_700_000_000_000, 0])
    await clock.advance(1_500)
    expect([clock.now(), clock.monotonic()]).toEqual([1_700_000_001_500, 1_500])
  })

  it('starts at the epoch by default', () => {
    expect(createFakeClock().now()).toBe(0)
    expect(createFakeClock({ now: 0 }).now()).toBe(0)
  })

  it('fires timers in the order they are due, those due together in the order they were set', async () => {
    const clock = createFakeClock()
    const fired: string[] = []
    clock.setTimer(() => fired.push('late'), 30)
    clock.setTimer(() => fired.push('first of two'), 20)
    clock.setTimer(() => fired.push('second of two'), 20)
    clock.setTimer(() => fired.push('early'), 10)
    await clock.advance(30)
    expect(fired).toEqual(['early', 'first of two', 'second of two', 'late'])
  })

  it('fires a timer at its time and not a millisecond before', async () => {
    const clock = createFakeClock()
    const fired: number[] = []
    clock.setTimer(() => fired.push(clock.monotonic()), 100)
    await clock.advance(99)
    expect(fired).toEqual([])
    await clock.advance(1)
    expect(fired).toEqual([100])
  })

  it('shows each timer the time at which it was due', async () => {
    const clock = createFakeClock({ now: 1_000 })
    const seen: number[][] = []
    for (const ms of [5, 50]) clock.setTimer(() => seen.push([clock.now(), clock.monotonic()]), ms)
    await clock.advance(1_000)
    expect(seen).toEqual([
      [1_005, 5],
      [1_050, 50],
    ])
    expect(clock.monotonic()).toBe(1_000)
  })

  it('fires once', async () => {
    const clock = createFakeClock()
    let fired = 0
    clock.setTimer(() => fired++, 10)
    await clock.advance(1_000)
    expect(fired).toBe(1)
  })

  it('fires the timers that timers set, where they fall into the same stretch', async () => {
    const clock = createFakeClock()
    const fired: number[] = []
    const again = () => {
      fired.push(clock.monotonic())
      clock.setTimer(again, 10)
    }
    clock.setTimer(again, 10)
    await clock.advance(35)
    expect(fired).toEqual([10, 20, 30])
    expect(clock.pendingTimers).toBe(1)
  })

  it('never fires a timer that was cancelled, by another timer too', async () => {
    const clock = createFakeClock()
    const fired: string[] = []
    const cancelSecond = clock.setTimer(() => fired.push('second'), 20)
    clock.setTimer(() => cancelSecond(), 10)
    clock.setTimer(() => fired.push('third'), 30)()
    await clock.advance(100)
    expect(fired).toEqual([])
    expect(clock.pendingTimers).toBe(0)
  })

  it('lets long promise chains come to their end between two timers', async () => {
    const clock = createFakeClock()
    const seen: string[] = []
    clock.setTimer(async () => {
      for (let step = 0; step < 500; step++) await undefined
      seen.push('chain')
    }, 10)
    clock.setTimer(() => seen.push('next timer'), 11)
    await clock.advance(11)
    expect(seen).toEqual(['chain', 'next timer'])
  })

  it('counts the timers that promises set on the way', async () => {
    const clock = createFakeClock()
    const sleep = (ms: number) => new Promise<void>((resolve) => void clock.setTimer(resolve, ms))
    const times: number[] = []
    const walk = async () => {
      for (const ms of [10, 20, 30]) {
        await sleep(ms)
        times.push(clock.monotonic())
      }
    }
    const walked = walk()
    await clock.advance(60)
    await walked
    expect(times).toEqual([10, 30, 60])
  })

  it('fires what is due at once when 0 milliseconds pass', async () => {
    const clock = createFakeClock()
    const fired: string[] = []
    clock.setTimer(() => fired.push('zero'), 0)
    clock.setTimer(() => fired.push('negative'), -5)
    expect(fired).toEqual([])
    await clock.advance(0)
    expect(fired).toEqual(['zero', 'negative'])
    expect(clock.monotonic()).toBe(0)
  })

  it('jumps the wall clock alone, forth and back, and fires nothing', async () => {
    const clock = createFakeClock({ now: 10_000 })
    const fired: string[] = []
    clock.setTimer(() => fired.push('timer'), 100)
    clock.jump(3_600_000)
    await clock.advance(0)
    expect([clock.now(), clock.monotonic(), fired]).toEqual([3_610_000, 0, []])
    clock.jump(-7_200_000)
    await clock.advance(100)
    expect([clock.now(), clock.monotonic(), fired]).toEqual([-3_589_900, 100, ['timer']])
  })

  it('refuses to go back', async () => {
    const clock = createFakeClock()
    await expect(clock.advance(-1)).rejects.toThrow(RangeError)
    await expect(clock.advance(Number.NaN)).rejects.toThrow(RangeError)
    expect(clock.monotonic()).toBe(0)
  })

  it('hands on what a timer throws', async () => {
    const clock = createFakeClock()
    clock.setTimer(() => {
      throw new Error('from the timer')
    }, 10)
    await expect(clock.advance(10)).rejects.toThrow('from the timer')
  })
})
