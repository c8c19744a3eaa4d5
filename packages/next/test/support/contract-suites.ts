import { type ContractException, testAdapter } from '@countersign/conformance'
import type { Vector } from '@countersign/testing'
import { contractExceptions } from './contract-exceptions.js'
import type { Suite } from './run-side-by-side.js'
import { startApp } from './start-app.js'

/** The parts of Next.js that can run a route. */
export const routeKinds = [
  { kind: 'App Router', prefix: '', exceptions: contractExceptions.app },
  { kind: 'App Router (edge)', prefix: '/edge', exceptions: contractExceptions.edge },
  { kind: 'Pages Router', prefix: '/api', exceptions: contractExceptions.pages },
]

/** A build of the application, and the part of the contract that runs on it. */
export interface TestedApp {
  /** The name in the contract's report. */
  readonly name: string
  readonly vectors: readonly Vector[]
  readonly kinds: typeof routeKinds
  /** Tests that are left out. A part of the contract writes no report. */
  readonly without: readonly string[]
  /** Starts the build, or waits for a running one. */
  readonly build: () => Promise<URL>
}

/** The adapter contract for each kind of route, each in a separate process. */
export function contractSuites({ name, vectors, kinds, without, build }: TestedApp): readonly Suite[] {
  const isSent = (exception: ContractException) =>
    'case' in exception || vectors.some(({ comment }) => comment === exception.vector)
  return kinds.map(({ kind, prefix, exceptions }) => ({
    name: `${name} ${kind}`,
    declare: ({ test, beforeAll, afterAll }) => {
      const unknown = new Set(without)
      testAdapter({
        name: `${name} ${kind}`,
        vectors,
        exceptions: exceptions.filter(isSent),
        test: (title, run) => {
          if (!without.includes(title)) test(title, run)
          unknown.delete(title)
        },
        beforeAll,
        afterAll,
        start: async () => {
          const { origin, stop } = await startApp(await build())
          return { origin: origin + prefix, stop }
        },
      })
      // Such a test would run, and a part of the contract would be reported as the whole.
      if (unknown.size > 0) throw new Error(`The contract has no test ${[...unknown].join(', ')}.`)
    },
  }))
}
