import { contractGroups } from '@countersign/conformance'
import { loadVectors } from '@countersign/testing'
import { beforeAll, describe } from 'vitest'
import { buildApp, type NextPackage } from './support/build-app.js'
import { contractSuites, routeKinds, type TestedApp } from './support/contract-suites.js'
import { describeProxy } from './support/describe-proxy.js'
import { describeRoutes } from './support/describe-routes.js'
import { runSideBySide } from './support/run-side-by-side.js'

const vectors = await loadVectors(new URL('../../../test-vectors/vectors/', import.meta.url))

/** The systems whose vectors also run on the older major. */
const five = /^(visisto|fingerprinting-api|embeddable|visibuild|scratcher)/

const newest: TestedApp = {
  name: 'Next.js',
  vectors,
  kinds: routeKinds,
  without: [],
  build: buildOnce('next', vectors),
}

// Our code is the same on both majors and Next is slow, so this tests only where the majors may differ.
const olderVectors = vectors.filter(({ file }) => five.test(file))
const older: TestedApp = {
  name: 'Next.js 15',
  vectors: olderVectors,
  kinds: routeKinds.filter(({ prefix }) => prefix !== '/edge'),
  without: ['thousands of random requests are each refused with an answer'],
  build: buildOnce('next15', olderVectors),
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
