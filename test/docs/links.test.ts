import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../tools/sources/read-tree.js'
import { listPages, readPage } from './read-blocks.js'

test.each(listPages())('every link of %s has a target', (page) => {
  const links = [...readPage(page).matchAll(/\]\((?!\w+:)([^)#]*)(?:#([^)]*))?\)/g)]
  const broken = links.flatMap(([link, path, anchor]) => {
    const target = path ? join(root, dirname(page), path) : join(root, page)
    if (!existsSync(target)) return [link]
    return anchor !== undefined && !anchorsOf(target).has(anchor) ? [link] : []
  })
  expect(broken).toEqual([])
})

/** The anchors of headings: lower case, spaces as hyphens, no other punctuation. */
function anchorsOf(file: string): ReadonlySet<string> {
  const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  )
}
