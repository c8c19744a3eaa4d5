import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { loadExplain } from '../../src/explain/load-explain.js'

let folder: string

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-explain-')))
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  await rm(folder, { recursive: true })
})

async function install(files: Readonly<Record<string, string>>, at = folder): Promise<void> {
  const home = join(at, 'node_modules/@countersign/diagnosis')
  await mkdir(home, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(home, name), text)
}

it('finds nothing where nothing is installed', () => {
  expect(loadExplain()).toBeUndefined()
})

it('finds nothing in a version without it', async () => {
  await install({ 'package.json': '{ "exports": { "./other": "./index.cjs" } }', 'index.cjs': '' })
  expect(loadExplain()).toBeUndefined()
})

const found = { 'package.json': '{ "exports": { ".": "./index.cjs" } }' }

it('finds it in the folder the program runs in', async () => {
  await install({ ...found, 'index.cjs': 'exports.explain = 1' })
  expect(loadExplain()).toEqual({ explain: 1 })
})

it('finds it beside the file that was started, as in a workspace of many packages', async () => {
  const app = join(folder, 'apps/shop')
  await install({ ...found, 'index.cjs': 'exports.explain = 2' }, app)
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['node', join(app, 'src/server.js')])
  expect(loadExplain()).toEqual({ explain: 2 })
})

it('finds nothing, and does not fail, on a runtime without Node’s modules', () => {
  vi.stubGlobal('process', { env: { NODE_ENV: 'development' } })
  expect(loadExplain()).toBeUndefined()
  const touchy = {
    cwd: () => '/',
    get getBuiltinModule(): never {
      throw new Error('not supported in the Edge Runtime')
    },
  }
  vi.stubGlobal('process', touchy)
  expect(loadExplain()).toBeUndefined()
  vi.stubGlobal('process', undefined)
  expect(loadExplain()).toBeUndefined()
})
