import { createRequire } from 'node:module'
import { verify as verifyOfImport } from '@countersign/core'
import { loadVectors, runVectors } from '@countersign/testing'
import { expect, test } from 'vitest'

const vectors = await loadVectors(new URL('../../test-vectors/vectors/', import.meta.url))
const { verify: verifyOfRequire } = createRequire(import.meta.url)('@countersign/core')

test('these tests use dist, in both module systems', () => {
  expect(createRequire(import.meta.url).resolve('@countersign/core')).toMatch(/dist\/index\.cjs$/)
  expect(import.meta.resolve('@countersign/core')).toMatch(/dist\/index\.js$/)
  expect(verifyOfImport).not.toBe(verifyOfRequire)
})

test.each([
  ['import', verifyOfImport],
  ['require', verifyOfRequire],
])('%s: every vector has its stated result', async (_how, verify) => {
  const { passed, failed } = await runVectors(vectors, { verify })
  expect(failed.map(({ difference }) => difference)).toEqual([])
  expect(passed).toBe(vectors.length)
})
