import { expect, test } from 'vitest'
import { readTree } from '../../tools/sources/read-tree.js'
import { allowedPhrases } from './words/banned-words.js'
import { findBannedWords } from './words/find-banned-words.js'

test('pages, sources, comments and messages have no banned word', () => {
  expect(findBannedWords(readTree())).toEqual([])
})

test('no exception is left over', () => {
  const texts = [...readTree().values()]
  expect(allowedPhrases.filter(({ phrase }) => !texts.some((text) => text.includes(phrase)))).toEqual([])
})

test.each([
  ['docs/page.md', 'One.\nIt tells you.', 'docs/page.md:2 "tells": say report, notify, print or log'],
  [
    'packages/cli/src/a.ts',
    '// A standalone standby.\nconst tellFound = 1',
    'packages/cli/src/a.ts:2 "tell": say report, notify, print or log',
  ],
  [
    'packages/cli/src/tell-found.ts',
    '',
    'packages/cli/src/tell-found.ts has "tell" in its name: say report, notify, print or log',
  ],
  ['packages/core/src/a.ts', 'const HAND_OVER = 1', 'packages/core/src/a.ts:1 "hand over": say pass'],
  [
    'packages/core/src/a.ts',
    '/**\n * It hands the claim\n * over.\n */',
    'packages/core/src/a.ts:2 "hands the claim over": say pass',
  ],
  ['examples/koa/README.md', 'Whilst', 'examples/koa/README.md:1 "whilst": say while'],
  ['packages/core/test/a.test.ts', '// It stands.', undefined],
])('in %s, %j is named', (path, text, problem) => {
  expect(findBannedWords(new Map([[path, text]]))).toEqual(problem ? [problem] : [])
})

test('an allowed phrase is not named, and its word elsewhere is', () => {
  const allowed = [{ phrase: 'SHALL NOT', why: 'RFC 2119' }]
  const page = new Map([['docs/page.md', 'It SHALL NOT.\nIt shall.']])
  expect(findBannedWords(page, allowed)).toEqual(['docs/page.md:2 "shall": say must or will'])
})
