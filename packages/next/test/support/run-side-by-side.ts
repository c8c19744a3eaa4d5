import { afterAll, beforeAll, describe, test } from 'vitest'

type Run = () => Promise<void>

/** The functions with which a suite declares its tests. */
export interface Declare {
  readonly test: (name: string, run: Run) => void
  readonly beforeAll: (run: Run) => void
  readonly afterAll: (run: Run) => void
}

export interface Suite {
  readonly name: string
  readonly declare: (declare: Declare) => void
}

/** Long enough for all suites together. */
const timeoutMs = 600_000

/**
 * Runs suites at the same time, each in its own order, and shows their results as tests of Vitest. These suites mostly wait for
 * servers in other processes.
 */
export function runSideBySide(suites: readonly Suite[]): void {
  const begun = suites.map(collectSuite)
  const ends: Promise<unknown>[] = []
  beforeAll(() => {
    for (const { run } of begun) ends.push(run())
  })
  for (const { name, tests } of begun) {
    describe(name, () => {
      for (const { title, ended } of tests) test(title, () => ended, timeoutMs)
    })
  }
  afterAll(async () => {
    await Promise.all(ends)
  }, timeoutMs)
}

function collectSuite({ name, declare }: Suite) {
  const before: Run[] = []
  const after: Run[] = []
  const tests: {
    readonly title: string
    readonly run: (begun: Promise<void>) => Promise<void>
    readonly ended: Promise<void>
  }[] = []
  declare({
    beforeAll: (run) => void before.push(run),
    afterAll: (run) => void after.push(run),
    test(title, body) {
      const { promise: ended, resolve, reject } = promiseWithResolvers()
      // Vitest awaits it later.
      ended.catch(() => undefined)
      tests.push({ title, ended, run: (begun) => begun.then(body).then(resolve, reject) })
    },
  })
  async function run(): Promise<void> {
    const begun = inOrder(before)
    for (const { run } of tests) await run(begun)
    await inOrder(after)
  }
  return { name, tests, run }
}

async function inOrder(steps: readonly Run[]): Promise<void> {
  for (const step of steps) await step()
}

function promiseWithResolvers() {
  let resolve: () => void = () => undefined
  let reject: (error: unknown) => void = () => undefined
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}
