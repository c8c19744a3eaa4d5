import { defineConfig } from 'vitest/config'

// They reach Node as --conditions: with 'import' among them, require() would get the ESM half of packages.
const source = { ssr: { resolve: { conditions: ['@countersign/source', 'node'] } } }
// As an edge runtime resolves the packages, where the core takes WebCrypto.
const edge = { ssr: { resolve: { conditions: ['@countersign/source', 'workerd'] } } }

export default defineConfig({
  test: {
    projects: [
      { ...source, test: { name: 'core', include: ['packages/core/test/**/*.test.ts'] } },
      { ...source, test: { name: 'express', include: ['packages/express/test/**/*.test.ts'] } },
      { ...source, test: { name: 'testing', include: ['packages/testing/test/**/*.test.ts'] } },
      {
        ...edge,
        test: {
          name: 'vectors-webcrypto',
          include: ['packages/testing/test/vectors/verify.test.ts'],
          env: { COUNTERSIGN_CRYPTO: 'web' },
        },
      },
      { ...source, test: { name: 'docs', include: ['test/docs/**/*.test.ts'] } },
      { ...source, test: { name: 'repository', include: ['test/repository/**/*.test.ts'] } },
      { ...source, test: { name: 'examples', include: ['examples/**/*.test.ts'] } },
      { ...source, test: { name: 'benchmarks', include: ['benchmarks/**/*.test.ts'] } },
    ],
  },
})
