import { expect, test } from 'vitest'
import { createBudget } from '../../src/recompute/budget.js'

function ask(budget: ReturnType<typeof createBudget>, times = 64): boolean {
  return Array.from({ length: times }, () => budget.spent()).at(-1) ?? false
}

test('a budget is spent when its time is over, and stays so', () => {
  let time = 1_000
  const budget = createBudget({ ms: 500, now: () => time })

  expect(ask(budget)).toBe(false)
  time = 1_499
  expect(ask(budget)).toBe(false)
  time = 1_500
  expect(ask(budget)).toBe(true)
  time = 0
  expect(ask(budget)).toBe(true)
})

test('no budget is spent from the start', () => {
  expect(createBudget({ ms: 0 }).spent()).toBe(true)
})

test('asking is cheap: the clock is read far less often', () => {
  let reads = 0
  const budget = createBudget({ ms: 500, now: () => reads++ * 0.001 })

  ask(budget, 1_600)

  expect(reads).toBeLessThan(200)
})
