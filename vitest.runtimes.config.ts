import { defineConfig } from 'vitest/config'
import { runtimes } from './test/runtimes/runtimes.js'

// While the binaries are installed, the disk is busy and every process starts slowly.
const patience = { testTimeout: 60_000, hookTimeout: 60_000 }

/** The runtimes with built-in SQLite. */
const withSqlite = ['node-22', 'node-24', 'node-26', 'bun', 'deno']

// Tests the published packages on every runtime, so there is no source condition. Run it after `pnpm build:js`.
export default defineConfig({
  test: {
    // Each worker has a program under test, which uses as much processor time.
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
