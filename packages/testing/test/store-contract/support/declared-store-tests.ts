import { type StoreBackend, type TestStoreOptions, testStore } from '@countersign/testing'
import { onTestFinished } from 'vitest'

/** What `testStore` declared: to be run one by one, so that a test can look at how each of them ends. */
export interface DeclaredStoreTests {
  readonly names: readonly string[]
  /** Runs one test. Rejects as it does. */
  run(name: string): Promise<void>
  /** Runs what comes after the last one; at the latest when the test has finished. */
  finish(): Promise<void>
}

/** Declares the contract's tests without a test runner, and starts the backend. */
export async function declareStoreTests(
  backend: StoreBackend,
  options: Partial<TestStoreOptions> = {},
): Promise<DeclaredStoreTests> {
  const tests = new Map<string, () => Promise<void>>()
  let begin = async () => {}
  let finish = async () => {}
  testStore({
    name: 'A store (of parts)',
    start: async () => backend,
    ...options,
    test: (name, run) => void tests.set(name, run),
    beforeAll: (run) => {
      begin = run
    },
    afterAll: (run) => {
      finish = run
    },
  })
  await begin()
  let finished: Promise<void> | undefined
  const finishOnce = () => (finished ??= finish())
  onTestFinished(finishOnce)
  return {
    names: [...tests.keys()],
    run: async (name) => {
      const run = tests.get(name)
      if (!run) throw new Error(`no test "${name}"`)
      await run()
    },
    finish: finishOnce,
  }
}
