import { expect, test } from 'vitest'
import { readPage } from './read-blocks.js'

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
