import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Consumer, installPackages } from './install-packages.js'
import { compilers, runCompiler } from './run-compiler.js'

let consumer: Consumer

beforeAll(async () => {
  consumer = await installPackages()
}, 300_000)

afterAll(() => consumer?.remove())

const common = { target: 'ES2022', lib: ['ES2023', 'DOM'], types: ['node'] }
const strictness = {
  strict: { ...common, strict: true, module: 'Node16', moduleResolution: 'Node16' },
  // The tsconfig.json that Next.js generates.
  'not strict': { ...common, strict: false, module: 'ESNext', moduleResolution: 'Bundler' },
}

describe.each(compilers)('%s', (compiler) => {
  test.each(Object.entries(strictness))(
    'compiles a route of every adapter, %s',
    { timeout: 300_000 },
    async (_, options) => {
      expect(await runCompiler(compiler, join(consumer.folder, 'every-adapter.mts'), options)).toEqual([])
    },
  )
})

test('errors of a program are reported', { timeout: 120_000 }, async () => {
  const program = join(consumer.folder, 'wrong.mts')
  await writeFile(
    program,
    "import { visibuild } from '@countersign/core/schemes'\nexport const wrong: string = visibuild()\n",
  )
  for (const compiler of compilers)
    expect(await runCompiler(compiler, program, strictness['not strict'])).toEqual([
      expect.stringContaining('TS2322'),
    ])
})
