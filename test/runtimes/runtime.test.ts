import { testAdapter } from '@countersign/conformance'
import { loadVectors } from '@countersign/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exceptions } from './exceptions.js'
import { obtainRuntime } from './obtain-runtime.js'
import { type RuntimeName, runtimes } from './runtimes.js'
import { type Program, startProgram } from './start-program.js'

const runtime = process.env.COUNTERSIGN_RUNTIME as RuntimeName
const { title } = runtimes[runtime]
const path = (await obtainRuntime(runtime)) ?? ''
const vectors = await loadVectors(new URL('../../test-vectors/vectors/', import.meta.url))

describe.skipIf(path === '')(`verify() on ${title}`, () => {
  const isWeb = runtime === 'workerd'
  let program: Program
  beforeAll(async () => {
    program = await startProgram({ runtime, path, adapter: 'fetch' })
  })
  afterAll(() => program.stop())

  test(`decides every vector as stated, over ${isWeb ? 'WebCrypto' : 'node:crypto'}`, async () => {
    const { decided, differences, webCryptoMacs } = await post(`${program.origin}/contract/verify`, vectors)
    expect(differences).toEqual([])
    expect(decided).toBe(vectors.length)
    expect(webCryptoMacs > 0).toBe(isWeb)
  })
})

describe.skipIf(path === '').each([
  { adapter: 'fetch', name: `Fetch on ${title}` },
  { adapter: 'hono', name: `Hono on ${title}` },
] as const)('$name', ({ adapter, name }) => {
  testAdapter({
    name,
    vectors,
    test,
    beforeAll,
    afterAll,
    async start(groups) {
      const program = await startProgram({ runtime, path, adapter })
      await post(`${program.origin}/contract/groups`, groups)
      return program
    },
    exceptions: exceptions[runtime] ?? [],
  })
})

// biome-ignore lint/suspicious/noExplicitAny: the answer of our own program, which the tests check
async function post(url: string, value: unknown): Promise<any> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(value) })
  if (!response.ok) throw new Error(`The program answered ${response.status}: ${await response.text()}`)
  return response.json()
}
