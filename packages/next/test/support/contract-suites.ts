import type { testAdapter } from '@countersign/conformance'
import { vectors } from '../../../../test/support/committed-vectors.js'
import { contractExceptions } from './contract-exceptions.js'
import type { Suite } from './run-side-by-side.js'
import { startApp } from './start-app.js'

/** The parts of Next.js that can run a route. */
export const routeKinds = [
  { kind: 'App Router', prefix: '', exceptions: contractExceptions.app },
  { kind: 'App Router (edge)', prefix: '/edge', exceptions: contractExceptions.edge },
  { kind: 'Pages Router', prefix: '/api', exceptions: contractExceptions.pages },
]

/** A build of the application, and what runs on it. */
export interface TestedApp {
  /** The name in the contract's report. */
  readonly name: string
  readonly kinds: typeof routeKinds
  /** Declares the contract, or a part of it. */
  readonly testContract: typeof testAdapter
  /** Starts the build, or waits for a running one. */
  readonly build: () => Promise<URL>
}

/** The adapter contract for each kind of route, each in a separate process. */
export function contractSuites({ name, kinds, testContract, build }: TestedApp): readonly Suite[] {
  return kinds.map(({ kind, prefix, exceptions }) => ({
    name: `${name} ${kind}`,
    declare: ({ test, beforeAll, afterAll }) => {
      testContract({
        name: `${name} ${kind}`,
        vectors,
        exceptions,
        test,
        beforeAll,
        afterAll,
        start: async () => {
          const { origin, stop } = await startApp(await build())
          return { origin: origin + prefix, stop }
        },
      })
    },
  }))
}
