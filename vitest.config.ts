import { defineConfig } from 'vitest/config'
import { resultsFolder } from './tools/contract-results.js'

// They reach Node as --conditions: with 'import' among them, require() would get the ESM half of packages.
const source = { ssr: { resolve: { conditions: ['@countersign/source', 'node'] } } }
// As an edge runtime resolves the packages, where the core takes WebCrypto.
const edge = { ssr: { resolve: { conditions: ['@countersign/source', 'workerd'] } } }

const packages = [
  'check',
  'cli',
  'conformance',
  'core',
  'diagnosis',
  'express',
  'fastify',
  'hono',
  'lambda',
  'next',
  'store-postgres',
  'store-redis',
  'store-sqlite',
  'testing',
]

/** They run searches and whole programs. */
const slow = ['check', 'cli', 'conformance', 'diagnosis']

/**
 * Their test files share processes, which saves each the start of one and the loading of every module. A test that replaces modules
 * needs a process of its own: it is named *.isolated.test.ts, and belongs to the project `isolated`.
 */
const sharing = ['core', 'testing', 'diagnosis']

/** On a fresh clone better-sqlite3 compiles for most of a minute: other tests run meanwhile, and these afterwards. */
const sqlite = {
  globalSetup: './tools/start-better-sqlite3.js',
  setupFiles: './test/support/needs-sqlite.ts',
  sequence: { groupOrder: 1 },
}

// Files named *.matrix.test.ts repeat what others have tested, with other clients, frameworks and hosts, and in whole builds.
// `pnpm test` leaves them out; `pnpm test:all` runs everything.
export default defineConfig({
  test: {
    globalSetup: './tools/print-contract.js',
    // As many as CI has cores, also where that is all there are: many tests mostly wait for servers of their own.
    maxWorkers: 2,
    // Tests of failures make the log lines of failures.
    silent: 'passed-only',
    projects: [
      ...packages.map((name) => ({
        ...source,
        test: {
          name,
          // No `exclude` here: it would take the place of the one on the command line.
          include: [`packages/${name}/test/**/!(*.isolated).test.ts`],
          isolate: !sharing.includes(name),
          env: { COUNTERSIGN_CONTRACT_RESULTS: resultsFolder },
          // Real servers: a busy machine takes a while for them.
          testTimeout: slow.includes(name) ? 60_000 : 30_000,
          ...((name === 'store-sqlite' || name === 'cli') && sqlite),
        },
      })),
      {
        ...source,
        test: { name: 'isolated', include: ['packages/*/test/**/*.isolated.test.ts'], testTimeout: 60_000 },
      },
      {
        ...edge,
        test: {
          name: 'vectors-webcrypto',
          include: ['packages/testing/test/vectors/verify.test.ts'],
          env: { COUNTERSIGN_CRYPTO: 'web' },
        },
      },
      {
        ...source,
        test: { name: 'docs', include: ['test/docs/**/*.test.ts'], ...sqlite },
      },
      {
        ...source,
        test: { name: 'failures', include: ['test/failures/**/*.test.ts'], testTimeout: 30_000, ...sqlite },
      },
      { ...source, test: { name: 'faults', include: ['test/faults/**/*.test.ts'] } },
      { ...source, test: { name: 'repository', include: ['test/repository/**/*.test.ts'] } },
      {
        ...source,
        test: { name: 'hosts', include: ['test/hosts/*.test.ts'], testTimeout: 30_000 },
      },
      { ...source, test: { name: 'examples', include: ['examples/**/*.test.ts'] } },
      { ...source, test: { name: 'benchmarks', include: ['benchmarks/**/*.test.ts'] } },
    ],
  },
})
