import { expect, it } from 'vitest'
import { TextPool } from '../../src/memory-store/text-pool.js'

it('holds each text once, under one number', () => {
  const pool = new TextPool()
  const [push, ping, again] = ['push', 'ping', 'push'].map((text) => pool.take(text))
  expect(push).toBe(again)
  expect([push, ping, 0].map((number) => pool.textOf(number ?? 0))).toEqual(['push', 'ping', undefined])
  expect(pool.take(undefined)).toBe(0)
  expect(pool.size).toBe(2)
})

it('drops a text with its last use, and takes its number again', () => {
  const pool = new TextPool()
  const first = pool.take('push')
  pool.take('push')
  pool.giveBack(first)
  expect(pool.textOf(first)).toBe('push')
  pool.giveBack(first)
  pool.giveBack(0)
  expect([pool.size, pool.textOf(first)]).toEqual([0, undefined])
  expect(pool.take('ping')).toBe(first)
  expect(pool.textOf(first)).toBe('ping')
})

it('never grows with names that are made up anew', () => {
  const pool = new TextPool()
  const numbers = Array.from({ length: 10_000 }, (_, index) => {
    const number = pool.take(`event ${index}`)
    pool.giveBack(number)
    return number
  })
  expect(pool.size).toBe(0)
  expect(Math.max(...numbers)).toBe(1)
})
