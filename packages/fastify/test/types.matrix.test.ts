import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { compile } from '../../../test/support/compile.js'

test('request.webhook is typed, and everything else keeps its types', () => {
  expect(compile(fileURLToPath(new URL('types/routes.ts', import.meta.url)))).toEqual([])
}, 60_000)
