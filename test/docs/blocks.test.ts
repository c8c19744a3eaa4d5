import { once } from 'node:events'
import { Server } from 'node:net'
import { join } from 'node:path'
import { sendRequest } from '@countersign/testing'
import type { Application } from 'express'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { root } from '../repository/list-packages.js'
import { writeBlocks } from './read-blocks.js'
import { environment, senders } from './senders.js'

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

describe('every block runs', () => {
  const servers: Server[] = []
  const printed: string[] = []

  beforeAll(() => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    const { listen } = Server.prototype
    // Whatever port a page names, its program gets a free one here.
    vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args: unknown[]) {
      servers.push(this)
      const callback = args.find((argument) => typeof argument === 'function') as (() => void) | undefined
      return listen.call(this, { port: 0, host: '127.0.0.1' }, callback)
    })
    vi.spyOn(console, 'log').mockImplementation((...values) => void printed.push(values.join(' ')))
  })

  afterAll(() => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  })

  test.each(blocks.filter(({ noRun }) => noRun === undefined))('$place', async ({ path, place, code }) => {
    const started = servers.length
    const module: Record<string, unknown> = await import(/* @vite-ignore */ path)
    for (const server of servers.splice(started)) {
      await deliverTo(server, place)
      server.close()
    }
    // A comment behind console.log says what it prints.
    for (const [, stated = ''] of code.matchAll(/console\.log\(.*\) \/\/ (.+)$/gm))
      expect(printed).toContain(stated)
    if (typeof module.POST === 'function') await post(module.POST as (request: Request) => Promise<Response>)
  })
})

test('what is not run says why, and is little', () => {
  const notRun = blocks.filter(({ noRun }) => noRun !== undefined)
  expect(notRun.length).toBeLessThanOrEqual(blocks.length / 10)
})

/** A real delivery, and its repetition, to every webhook route of the program. */
async function deliverTo(server: Server, place: string): Promise<void> {
  if (!server.listening) await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const [app] = server.listeners('request') as unknown as Application[]
  const paths = app?.router.stack.flatMap(({ route }) => (route ? [route.path] : [])) ?? []
  expect(paths, `${place} starts a server without a webhook's route`).not.toEqual([])
  for (const path of paths) {
    const sender = senders[path.split('/').at(-1) ?? '']
    if (!sender) throw new Error(`${place} has the route ${path}, for which senders.ts has no sender.`)
    const request = sender.sign({ url: `http://127.0.0.1:${port}${path}` })
    expect((await sendRequest(request)).status).toBeLessThan(300)
    expect((await sendRequest(request)).status).toBeLessThan(300)
    const unsigned = sender.sign({ url: `http://127.0.0.1:${port}${path}`, omitProof: true })
    expect((await sendRequest(unsigned)).status).toBe(401)
  }
}

async function post(handle: (request: Request) => Promise<Response>): Promise<void> {
  const { url, headers, body } = senders.visibuild?.sign({ url: 'http://127.0.0.1/webhooks/visibuild' }) ?? {}
  if (!url || !headers || !body) throw new Error('no sender')
  const request = new Request(url, {
    method: 'POST',
    headers: headers.map(([name, value]) => [name, value]),
    body,
  })
  expect((await handle(request)).status).toBeLessThan(300)
  const unsigned = new Request(url, { method: 'POST', body: '{}' })
  expect((await handle(unsigned)).status).toBe(401)
}
