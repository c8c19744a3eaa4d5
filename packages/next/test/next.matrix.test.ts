import { contractGroups, testAdapter } from '@countersign/conformance'
import { beforeAll, describe } from 'vitest'
import { vectors } from '../../../test/support/committed-vectors.js'
import { selectVectors, testContractPart } from '../../../test/support/test-contract-part.js'
import { buildApp, type NextPackage } from './support/build-app.js'
import { contractSuites, routeKinds, type TestedApp } from './support/contract-suites.js'
import { describeProxy } from './support/describe-proxy.js'
import { describeRoutes } from './support/describe-routes.js'
import { runSideBySide } from './support/run-side-by-side.js'

const newest: TestedApp = {
  name: 'Next.js',
  kinds: routeKinds,
  testContract: testAdapter,
  build: buildOnce('next', vectors),
}

// Our code is the same on both majors and Next is slow, so this tests only where the majors may differ.
const older: TestedApp = {
  name: 'Next.js 15',
  kinds: routeKinds.filter(({ prefix }) => prefix !== '/edge'),
  testContract: testContractPart,
  build: buildOnce('next15', selectVectors(vectors)),
}

runSideBySide([newest, older].flatMap(contractSuites))

describe.each([newest, older])('$name', ({ build }) => {
  let app: URL
  beforeAll(async () => {
    app = await build()
    // A build may share two cores with other tests.
  }, 300_000)

  // Such an error has the minified line in its stack, and the stacktrace-parser of Next.js 15 parses a line in quadratic time: 10 to 40
  // seconds of one processor for the 230 kB of this application.
  describeRoutes(() => app, { edgeErrors: build === newest.build })
  // Next.js 15 calls it middleware.ts.
  if (build === newest.build) describeProxy(() => app)
})

function buildOnce(next: NextPackage, sent: typeof vectors): () => Promise<URL> {
  let built: Promise<URL> | undefined
  return () => {
    built ??= buildApp(next, contractGroups(sent))
    return built
  }
}
