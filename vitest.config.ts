import { defineConfig } from 'vitest/config'
import { resultsFolder } from './tools/contract-results.js'

// Passed to Node as --conditions. With 'import' in the list, require() would load the ESM files of packages.
const source = { ssr: { resolve: { conditions: ['@countersign/source', 'node'] } } }
// As an edge runtime resolves the packages. The core then uses WebCrypto.
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

/** Its tests replace what Next.js keeps for a whole process. The test files of each other package share processes. */
const isolated = ['next']

/** On a fresh clone, better-sqlite3 compiles for almost a minute. Other tests run meanwhile, and these afterwards. */
const sqlite = {
  globalSetup: './tools/start-better-sqlite3.js',
  setupFiles: './test/support/needs-sqlite.ts',
  sequence: { groupOrder: 1 },
}

// Files named *.matrix.test.ts repeat tests with other clients, frameworks, hosts and complete builds.
// `pnpm test` leaves them out; `pnpm test:all` runs everything.
export default defineConfig({
  test: {
    globalSetup: './tools/print-contract.js',
    // The number of CI's cores, even on a machine without more: many tests mostly wait for their own servers.
    maxWorkers: 2,
    // Hides the log lines that tests of failures cause.
    silent: 'passed-only',
    projects: [
      ...packages.map((name) => ({
        ...source,
        test: {
          name,
          // No `exclude` here: it would replace the one on the command line.
          include: [`packages/${name}/test/**/!(*.isolated).test.ts`],
          // Sharing saves each file the start of a process and the loading of every module.
          isolate: isolated.includes(name),
          env: { COUNTERSIGN_CONTRACT_RESULTS: resultsFolder },
          // Real servers start slowly on a busy machine.
          testTimeout: slow.includes(name) ? 60_000 : 30_000,
          ...((name === 'store-sqlite' || name === 'cli') && sqlite),
        },
      })),
      // A test that replaces modules or globals needs a process of its own.
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
