import type { TestAdapterOptions } from '@countersign/conformance'
import { onTestFinished } from 'vitest'

/** What a contract asks of a test runner. */
export type Declaring = Pick<TestAdapterOptions, 'test' | 'beforeAll' | 'afterAll'>

/** What a contract declared: to be run one by one, so that a test can look at how each of them ends. */
export interface DeclaredTests {
  readonly names: readonly string[]
  /** Runs one test. Rejects as it does. */
  run(name: string): Promise<void>
  /** Runs what comes after the last one; at the latest when the test has finished. */
  finish(): Promise<void>
}

/** Lets a contract declare its tests without a test runner, and runs what comes before the first one. */
export async function collectTests(declare: (declaring: Declaring) => void): Promise<DeclaredTests> {
  const tests = new Map<string, () => Promise<void>>()
  let begin = async () => {}
  let finish = async () => {}
  declare({
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
