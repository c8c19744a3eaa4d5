import { expect, it } from 'vitest'
import { entries, weighEntries } from './entries.js'
import { limits } from './limits.js'

// Byte counts do not depend on the machine. Versions of zlib may differ by a few bytes.
const weights = await weighEntries()

it.each(weights)('$name on $target is within its limit', ({ name, counted }) => {
  expect(counted).toBeGreaterThan(0)
  expect(counted, `bytes of ${name}, minified and compressed`).toBeLessThanOrEqual(limits[name] ?? 0)
})

it('no limit is left over', () => {
  expect(Object.keys(limits)).toEqual(entries.map(({ name }) => name))
})
