import { mkdtemp, rm } from 'node:fs/promises'
import type { Server as HttpServer } from 'node:http'
import { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildBetterSqlite3 } from '../../tools/build-better-sqlite3.js'
import { root } from '../../tools/sources/read-tree.js'
import { writeBlocks } from './read-blocks.js'
import { runBlock } from './run-block.js'
import { environment } from './senders.js'

const blocks = writeBlocks()

test('every block compiles', { timeout: 60_000 }, () => {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    root,
  )
  const program = ts.createProgram(
    blocks.map(({ path }) => path),
    { ...options, noEmit: true },
  )
  const problems = blocks.flatMap(({ path, place }) => {
    const found = ts.getPreEmitDiagnostics(program, program.getSourceFile(path))
    return found.map(({ file, start = 0, messageText }) => {
      const line = file ? ts.getLineAndCharacterOfPosition(file, start).line + 1 : 0
      return `${place}, line ${line} of the block: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    })
  })
  expect(problems).toEqual([])
})

// A database in the process starts slowly.
describe('every block runs', { timeout: 60_000 }, () => {
  const servers: HttpServer[] = []
  const printed: string[] = []
  let sqliteIsMissing: string | undefined
  let folder: string

  beforeAll(async () => {
    // The test before has compiled it, if it compiles.
    sqliteIsMissing = await buildBetterSqlite3()
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    folder = await mkdtemp(join(tmpdir(), 'countersign-pages-'))
    vi.stubEnv('DATABASE_FILE', join(folder, 'app.db'))
    const { listen } = Server.prototype
    // The program gets a free port instead of the page's port.
    vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args: unknown[]) {
      servers.push(this as HttpServer)
      const callback = args.find((argument) => typeof argument === 'function') as (() => void) | undefined
      return listen.call(this, { port: 0, host: '127.0.0.1' }, callback)
    })
    vi.spyOn(console, 'log').mockImplementation((...values) => void printed.push(values.join(' ')))
  })

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  })

  test.for(blocks.filter(({ noRun }) => noRun === undefined))('$place', async (block, { skip }) => {
    if (block.code.includes("from 'better-sqlite3'") && sqliteIsMissing) skip(sqliteIsMissing)
    const before = servers.length
    await runBlock(block, () => servers.slice(before))
    // A comment after console.log says what it prints.
    for (const [, stated = ''] of block.code.matchAll(/console\.log\(.*\) \/\/ (.+)$/gm))
      expect(printed).toContain(stated)
  })
})

test('a block that is not run says why, and there are few', () => {
  const notRun = blocks.filter(({ noRun }) => noRun !== undefined)
  expect(notRun.length).toBeLessThanOrEqual(blocks.length / 10)
})
