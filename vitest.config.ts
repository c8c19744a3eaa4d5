import { defineConfig } from 'vitest/config'
import { resultsFolder } from './tools/contract-results.js'

// Passed to Node as --conditions. With 'import' in the list, require() would load the ESM files of packages.
const source = { ssr: { resolve: { conditions: ['@countersign/source', 'node'] } } }
// As an edge runtime resolves the packages. The core then uses WebCrypto.
const edge = { ssr: { resolve: { conditions: ['@countersign/source', 'workerd'] } } }

/** On a fresh clone, better-sqlite3 compiles for almost a minute. Other tests run meanwhile, and these afterwards. */
const sqlite = {
  globalSetup: './tools/start-better-sqlite3.js',
  setupFiles: './test/support/needs-sqlite.ts',
  sequence: { groupOrder: 1 },
}

const packageTests = {
  env: { COUNTERSIGN_CONTRACT_RESULTS: resultsFolder },
  // Real servers, searches and whole programs: a busy machine takes a while for them.
  testTimeout: 60_000,
}

// No project has an `exclude`: it would take the place of the one on the command line.
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
      // The packages share processes, which saves each file the start of one and the loading of every module.
      {
        ...source,
        test: {
          ...packageTests,
          name: 'packages',
          include: ['packages/!(next|cli|store-sqlite)/test/**/!(*.isolated).test.ts'],
          isolate: false,
        },
      },
      {
        ...source,
        test: {
          ...packageTests,
          ...sqlite,
          name: 'packages-with-sqlite',
          include: ['packages/{cli,store-sqlite}/test/**/!(*.isolated).test.ts'],
          isolate: false,
        },
      },
      // These tests replace what Next.js keeps for a whole process.
      { ...source, test: { ...packageTests, name: 'next', include: ['packages/next/test/**/*.test.ts'] } },
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
        test: { name: 'docs', isolate: false, include: ['test/docs/**/*.test.ts'], ...sqlite },
      },
      {
        ...source,
        test: {
          name: 'failures',
          isolate: false,
          include: ['test/failures/**/*.test.ts'],
          testTimeout: 30_000,
          ...sqlite,
        },
      },
      { ...source, test: { name: 'faults', isolate: false, include: ['test/faults/**/*.test.ts'] } },
      { ...source, test: { name: 'repository', isolate: false, include: ['test/repository/**/*.test.ts'] } },
      {
        ...source,
        test: { name: 'hosts', include: ['test/hosts/*.test.ts'], testTimeout: 30_000 },
      },
      { ...source, test: { name: 'examples', isolate: false, include: ['examples/**/*.test.ts'] } },
      { ...source, test: { name: 'benchmarks', include: ['benchmarks/**/*.test.ts'] } },
    ],
  },
})
