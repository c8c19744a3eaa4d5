import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { compile } from '../../../test/support/compile.js'

const inPackage = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** The folder of the older types. The paths make a program use them, as if they were installed. */
const older = {
  express: [inPackage('node_modules/@types/express4/index.d.ts')],
  'express-serve-static-core': [inPackage('node_modules/@types/express4-serve-static-core/index.d.ts')],
}

test.each([
  ['5', {}],
  ['4', { paths: older }],
])(
  'req.webhook is typed, and everything else keeps its types, with the types of Express %s',
  (_major, options) => {
    expect(compile(inPackage('test/types/routes.ts'), options)).toEqual([])
  },
  120_000,
)

test('the older types are those of Express 4', () => {
  const manifest = JSON.parse(readFileSync(inPackage('node_modules/@types/express4/package.json'), 'utf8'))
  expect(manifest.version).toMatch(/^4\./)
})
