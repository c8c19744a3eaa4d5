import { defineConfig } from 'vitest/config'

// What is tested here is what is published: no source condition. Run it after `pnpm build`.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'published', include: ['test/published/**/*.test.ts'] } },
      { test: { name: 'consumer', include: ['test/consumer/**/*.test.ts'] } },
      // Packages come from npm, with the ordinary settings of whoever runs it.
      { test: { name: 'quickstart', include: ['test/quickstart/**/*.test.ts'] } },
      {
        test: { name: 'hosts-published', include: ['test/hosts/published/*.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
})
