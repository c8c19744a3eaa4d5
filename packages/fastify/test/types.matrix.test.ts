import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { compile } from '../../../test/support/compile.js'

test('request.webhook has its types, and nothing else loses its own', () => {
  expect(compile(fileURLToPath(new URL('types/routes.ts', import.meta.url)))).toEqual([])
}, 60_000)
