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

test('every option says what it does, to whoever points at it in an editor', () => {
  expect(options.filter(({ about }) => about === '').map(({ place }) => place)).toEqual([])
})

test('no comment is cut off by a word that begins like a tag, as `@countersign` behind a blank', () => {
  const cut = options.filter(({ about }) => (about.split('`').length - 1) % 2 === 1)
  expect(cut.map(({ place }) => place)).toEqual([])
})

test('every option that may be left out says what holds then', () => {
  const silent = options.filter(
    ({ required, defaultValue, isHook }) => !required && !isHook && defaultValue === undefined,
  )
  expect(silent.map(({ place }) => place)).toEqual([])
})
