import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Consumer, installPackages } from './install-packages.js'

const run = promisify(execFile)
const suite = '@countersign'
let consumer: Consumer
/** Every entry that can be imported, such as `@countersign/core/node`. */
let entries: string[] = []

beforeAll(async () => {
  consumer = await installPackages()
  const folder = join(consumer.folder, 'node_modules', suite)
  const found = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const { exports = {} } = JSON.parse(await readFile(join(folder, name, 'package.json'), 'utf8'))
      const paths = Object.keys(exports).filter((path) => exports[path].import)
      return paths.map((path) => `${suite}/${name}${path.slice(1)}`)
    }),
  )
  entries = found.flat().sort()
}, 240_000)

afterAll(() => consumer?.remove())

test('there are entries to test', () => {
  expect(entries).toEqual(expect.arrayContaining(['@countersign/core/node', '@countersign/next/pages']))
})

test('TypeScript that ignores exports finds the types of every entry', {
  timeout: 60_000,
}, async () => {
  const file = join(consumer.folder, 'node10.ts')
  const uses = entries.map((entry, index) => `import * as entry${index} from '${entry}'\nvoid entry${index}`)
  await writeFile(
    file,
    `${uses.join('\n')}\nimport { webhook } from '@countersign/core/node'\nexport const wrong: string = webhook\n`,
  )
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    target: ts.ScriptTarget.ES2022,
    types: ['node'],
    typeRoots: [join(consumer.folder, 'node_modules', '@types')],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  })
  const problems = ts.getPreEmitDiagnostics(program).map(({ code }) => code)
  // The wrong line shows that the types are found.
  expect(problems).toEqual([2322])
})

describe.each(['browser', 'workerd', 'edge-light', 'node', 'default'])(
  'under the condition %s',
  (condition) => {
    const conditions = condition === 'default' ? [] : [`--conditions=${condition}`]
    const program = `
    const options = { scheme: _countersign_core_schemes.visibuild(), secret: 'a-secret-of-thirty-two-characters' }
    const request = { method: 'POST', url: '/', headers: {}, body: new Uint8Array() }
    core.verify(request, options).catch(({ code }) => console.log(code))`

    test.each([
      ['import', 'mjs', (entry: string, name: string) => `import * as ${name} from '${entry}'`],
      ['require', 'cjs', (entry: string, name: string) => `const ${name} = require('${entry}')`],
    ] as const)('%s loads every entry', { timeout: 60_000 }, async (_, extension, load) => {
      const lines = entries.map((entry) =>
        load(entry, entry === `${suite}/core` ? 'core' : entry.replace(/\W/g, '_')),
      )
      const file = join(consumer.folder, `${condition}.${extension}`)
      await writeFile(file, `${lines.join('\n')}\n${program}`)
      const { stdout } = await run(process.execPath, [...conditions, file], { cwd: consumer.folder })
      expect(stdout).toBe('ERR_WEBHOOK_HEADER_MISSING\n')
    })
  },
)
