import { readFile, rm, writeFile } from 'node:fs/promises'
import { Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Hono } from 'hono'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { deliver, secret, sign } from './support/deliver.js'

/** Runs the block below a heading of docs/adapters/hono.md. Each block is a separate program. */
async function load(heading: string): Promise<{ default: Hono }> {
  const page = await readFile(new URL('../../../docs/adapters/hono.md', import.meta.url), 'utf8')
  const [, block] = new RegExp(`^#+ ${heading}.*?^\`\`\`ts\n(.*?)^\`\`\``, 'ms').exec(page) ?? []
  const file = fileURLToPath(new URL(`page-program-${process.pid}.ts`, import.meta.url))
  await writeFile(file, block ?? expect.fail(`no block below ${heading}`))
  onTestFinished(() => rm(file))
  vi.resetModules()
  return import(`${file}?${heading}`)
}

const at = { url: 'http://test/webhooks/visibuild' }

vi.stubEnv('VISIBUILD_SECRET', secret)
const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
afterEach(() => {
  log.mockClear()
})

test('the handler form does what it says, on Node', async () => {
  vi.stubEnv('PORT', '0')
  const listen = vi.spyOn(Server.prototype, 'listen')
  await load('Two forms')
  const server = listen.mock.contexts[0] as Server
  onTestFinished(() => void server.close())
  await vi.waitFor(() => expect(server.listening).toBe(true))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const send = async (id: string, data: object) => {
    const { method, headers, body } = sign({
      ...at,
      event: 'ticket.created',
      payload: { id, data },
    })
    const response = await fetch(`${origin}/webhooks/visibuild`, {
      method,
      headers: headers.map(([name, value]) => [name, value]),
      body: Buffer.from(body),
    })
    return [response.status, await response.text()]
  }
  expect(await send('event-2', { ticket: { title: 'Leak' } })).toEqual([202, '{"received":"event-2"}'])
  expect(log).toHaveBeenLastCalledWith('Leak', 1, '/webhooks/visibuild')
  expect(await send('event-3', {})).toEqual([200, '{"status":"failed-for-good"}'])
})

test('options from the context do what they say', async () => {
  const { default: app } = await load('Workers')
  const request = sign({ ...at, id: 'delivery-3' })
  expect(await deliver(app, request)).toMatchObject({ status: 200, body: '{"received":"delivery-3"}' })
  expect((await deliver(app, request)).body).toContain('duplicate')
})
