import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { listPages, readPage } from './read-blocks.js'

const index = 'docs/README.md'
const pages = listPages().filter((page) => page.startsWith('docs/'))

/** The Markdown files that a page links. */
function linksOf(page: string): readonly string[] {
  return [...readPage(page).matchAll(/\]\((?!\w+:)([^)#]+\.md)(?:#[^)]*)?\)/g)].map(([, path = '']) =>
    posix.join(posix.dirname(page), path),
  )
}

test('every page of the documentation can be reached from docs/README.md', () => {
  const reached = new Set([index])
  // Iterating a set also yields values that are added during the loop.
  for (const page of reached) for (const link of linksOf(page)) if (pages.includes(link)) reached.add(link)
  expect(pages.filter((page) => !reached.has(page))).toEqual([])
})

test('docs/README.md has four sections', () => {
  const sections = [...readPage(index).matchAll(/^## (.+)$/gm)].map(([, section]) => section)
  expect(sections).toEqual(['Get started', 'Guides', 'Reference', 'Explanation'])
})

test('docs/README.md links each page once, with one line of description', () => {
  const entries = readPage(index)
    .split('\n')
    .filter((line) => line.startsWith('- '))
  expect(entries.filter((line) => !/^- \[[^\]]+\]\([^)]+\): .{5,}\.$/.test(line))).toEqual([])
  const links = linksOf(index)
  expect(links).toHaveLength(entries.length)
  expect(links.filter((link, place) => links.indexOf(link) !== place)).toEqual([])
})
