import { defineConfig } from 'vitest/config'
import { runtimes } from './test/runtimes/runtimes.js'

// While the binaries arrive, the disk is busy, and with it every process that starts.
const patience = { testTimeout: 60_000, hookTimeout: 60_000 }

/** Those that have an SQLite of their own. */
const withSqlite = ['node-22', 'node-24', 'node-26', 'bun', 'deno']

// What is tested here is what is published, on every runtime: no source condition. Run it after `pnpm build:js`.
export default defineConfig({
  test: {
    // Each has a program under test beside it, which takes as much of a processor.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'binaries',
          include: ['test/runtimes/{install-binary,obtain-runtime}.test.ts'],
          ...patience,
        },
      },
      ...Object.keys(runtimes).map((name) => ({
        test: {
          name,
          include: [
            'test/runtimes/runtime.test.ts',
            ...(withSqlite.includes(name) ? ['test/runtimes/sqlite-store.test.ts'] : []),
            `examples/*/${name}.runtime-test.ts`,
          ],
          env: { COUNTERSIGN_RUNTIME: name },
          ...patience,
        },
      })),
    ],
  },
})
