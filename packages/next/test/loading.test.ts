import { createRequire } from 'node:module'
import { expect, test } from 'vitest'

const { cache } = createRequire(import.meta.url)

// Whoever loads Next's request scope before Next has set the stage, as a custom server may, cannot start Next any more.
test('to load the package loads nothing of Next', async () => {
  await import('../src/index.js')
  await import('../src/pages/index.js')
  expect(Object.keys(cache).filter((path) => path.includes('/next/dist/'))).toEqual([])
})
