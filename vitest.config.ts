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

/** Takes a minute on a fresh clone. */
const compilesSqlite = './tools/build-better-sqlite3.js'

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
          include: [`packages/${name}/test/**/*.test.ts`],
          env: { COUNTERSIGN_CONTRACT_RESULTS: resultsFolder },
          // Real servers: a busy machine takes a while for them.
          testTimeout: slow.includes(name) ? 60_000 : 30_000,
          ...((name === 'store-sqlite' || name === 'cli') && { globalSetup: compilesSqlite }),
        },
      })),
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
        test: { name: 'docs', include: ['test/docs/**/*.test.ts'], globalSetup: compilesSqlite },
      },
      {
        ...source,
        test: { name: 'failures', include: ['test/failures/**/*.test.ts'], testTimeout: 30_000 },
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
