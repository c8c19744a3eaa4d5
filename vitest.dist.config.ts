import { defineConfig } from 'vitest/config'

// Tests the published packages, so there is no source condition. Run it after `pnpm build`.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'published', include: ['test/published/**/*.test.ts'] } },
      { test: { name: 'consumer', include: ['test/consumer/**/*.test.ts'] } },
      // Installs packages from npm, with the settings of the user who runs it.
      { test: { name: 'quickstart', include: ['test/quickstart/**/*.test.ts'] } },
      {
        test: { name: 'hosts-published', include: ['test/hosts/published/*.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
})
