import { expect, it } from 'vitest'
import { TextPool } from '../../src/memory-store/text-pool.js'

it('stores each text once, under one number', () => {
  const pool = new TextPool()
  const [push, ping, again] = ['push', 'ping', 'push'].map((text) => pool.acquire(text))
  expect(push).toBe(again)
  expect([push, ping, 0].map((number) => pool.read(number ?? 0))).toEqual(['push', 'ping', undefined])
  expect(pool.acquire(undefined)).toBe(0)
  expect(pool.size).toBe(2)
})

it('drops a text after its last use, and reuses its number', () => {
  const pool = new TextPool()
  const first = pool.acquire('push')
  pool.acquire('push')
  pool.release(first)
  expect(pool.read(first)).toBe('push')
  pool.release(first)
  pool.release(0)
  expect([pool.size, pool.read(first)]).toEqual([0, undefined])
  expect(pool.acquire('ping')).toBe(first)
  expect(pool.read(first)).toBe('ping')
})

it('does not grow with new names that are no longer used', () => {
  const pool = new TextPool()
  const numbers = Array.from({ length: 10_000 }, (_, index) => {
    const number = pool.acquire(`event ${index}`)
    pool.release(number)
    return number
  })
  expect(pool.size).toBe(0)
  expect(Math.max(...numbers)).toBe(1)
})
