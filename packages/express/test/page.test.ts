import { readFile, rm, writeFile } from 'node:fs/promises'
import { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { compile } from '../../../test/support/compile.js'
import { deliver, secret, signedHeaders, ticketBody } from './support/sender.js'

const inPackage = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** The blocks of the page form one program. */
async function writeProgram(): Promise<string> {
  const page = await readFile(inPackage('../../docs/adapters/express.md'), 'utf8')
  const blocks = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, block = '']) => block)
  expect(blocks.length).toBeGreaterThan(1)
  const file = inPackage(`test/page-program-${process.pid}.ts`)
  await writeFile(file, blocks.join('\n'))
  onTestFinished(() => rm(file))
  return file
}

test('docs/adapters/express.md compiles and does what it says', async () => {
  const file = await writeProgram()
  expect(compile(file)).toEqual([])

  const listen = vi.spyOn(Server.prototype, 'listen')
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  vi.stubEnv('VISIBUILD_SECRET', secret)
  vi.stubEnv('PORT', '0')
  await import(file)
  const server = listen.mock.contexts[0] as Server
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/visibuild`

  const leak = ticketBody({ data: { ticket: { title: 'Leak' } } })
  expect((await deliver(`${url}/handled`, leak)).status).toBe(200)
  expect(log).toHaveBeenLastCalledWith('Leak', 1, expect.any(String))
  expect((await deliver(`${url}/handled`, leak)).body).toContain('duplicate')
  expect((await deliver(`${url}/handled`, leak, signedHeaders({ body: 'other' }))).status).toBe(401)
  expect((await deliver(`${url}/handled`)).body).toContain('failed-for-good')

  expect((await deliver(`${url}/parsed`)).status).toBe(204)
}, 60_000)
