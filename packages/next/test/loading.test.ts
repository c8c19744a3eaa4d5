import { createRequire } from 'node:module'
import { expect, test } from 'vitest'

const { cache } = createRequire(import.meta.url)

// If Next's request scope is loaded before Next has prepared its globals, as a custom server may do, Next cannot start.
test('loading the package loads nothing of Next', async () => {
  await import('../src/index.js')
  await import('../src/pages/index.js')
  expect(Object.keys(cache).filter((path) => path.includes('/next/dist/'))).toEqual([])
})
