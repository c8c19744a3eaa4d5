import { expect, test } from 'vitest'
import { listPages, readPage } from './read-blocks.js'

const readme = readPage('README.md')

test('the README fits on two screens', () => {
  expect(Buffer.byteLength(readme)).toBeLessThan(9_000)
})

test('the README shows code within its first 20 lines', () => {
  expect(readme.split('\n').slice(0, 20)).toContain('```ts')
})

test.each(['npx -y pnpm@12 demo', 'npx -y pnpm@12 test', 'npx -y pnpm@12 test:all'])(
  'the README names `%s`',
  (command) => {
    expect(readme).toMatch(new RegExp(`^(.*\`)?${command}(\`| )`, 'm'))
  },
)

const npmPages = listPages().filter((page) => /^packages\/[^/]+\/README\.md$/.test(page))

test.each(npmPages)('%s says what the package is, how to install it, and where to read more', (page) => {
  const [, folder = ''] = /^packages\/([^/]+)\//.exec(page) ?? []
  const text = readPage(page)
  expect(text).toMatch(new RegExp(`^# @countersign/${folder}\\n\\n[A-Z\`].{40,}\\.\\n`))
  expect(text).toMatch(new RegExp(`^npm install .*@countersign/${folder}\\b`, 'm'))
  expect(text).toMatch(/^```(ts|sh)$/m)
  expect(text).toContain('[All documentation](../../docs/README.md)')
  expect(text.split('\n').length).toBeLessThanOrEqual(90)
})
