import type { SchemeDescriptor } from '@countersign/core'
import * as exported from '@countersign/core/schemes'
import { expect, test } from 'vitest'
import { listPages, readPage } from './read-blocks.js'

const {
  defineScheme,
  customScheme,
  hmacScheme,
  tokenScheme,
  basicScheme,
  findSigner,
  fingerprintingApi,
  ...others
} = exported
const schemes: readonly SchemeDescriptor[] = [
  fingerprintingApi({ event: 'NEW_VISIT' }),
  ...Object.values<() => SchemeDescriptor>(others).map((scheme) => scheme()),
]

test.each(schemes)(
  '$name has a page, a row in the table of schemes, and a link in the README',
  ({ name, signature }) => {
    const page = `docs/schemes/${name}.md`
    expect(listPages()).toContain(page)
    expect(readPage('docs/schemes/README.md')).toMatch(new RegExp(`^\\| \\[.*\\]\\(${name}\\.md\\) \\|`, 'm'))
    expect(readPage('README.md')).toContain(`](${page})`)
    if ('header' in signature) expect(readPage(page)).toContain(signature.header)
  },
)
