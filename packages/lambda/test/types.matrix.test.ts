import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { compile } from '../../../test/support/compile.js'

test('functions fit @types/aws-lambda, and the handler gets the event type of its gateway', () => {
  expect(compile(fileURLToPath(new URL('types/functions.ts', import.meta.url)))).toEqual([])
}, 60_000)
