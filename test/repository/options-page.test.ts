import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readOptions, renderOptionsPage } from '../../tools/render-options-page.js'

const patience = { timeout: 60_000 }

test('docs/options.md is that of the types: `npx -y pnpm@12 options:page` writes it', patience, () => {
  const page = readFileSync(new URL('../../docs/options.md', import.meta.url), 'utf8')
  expect(page).toBe(renderOptionsPage())
})

const options = readOptions().flatMap((section) =>
  section.options.map((option) => ({ ...option, place: `${section.type}.${option.name}` })),
)

test.each(['scheme', 'secret', 'exposeReason', 'onStoreDown', 'exhaustAfter', 'leaseMs', 'onFailed'])(
  '%s is on it',
  (name) => {
    expect(options.map((option) => option.name)).toContain(name)
  },
)
