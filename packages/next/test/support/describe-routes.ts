import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { embeddable, visibuild } from '@countersign/core/schemes'
import { createSender, sendRequest } from '@countersign/testing'
import { RawClient } from '@countersign/testing/http'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { type StartedApp, startApp } from './start-app.js'

const secret = 'visibuild-test-secret-of-32-chars'
const sender = createSender({ scheme: visibuild(), secret })
const ticket = (url: string) => sender.send({ url, event: 'ticket.created' })

/**
 * Tests of what only Next does, which are not cases of the contract.
 *
 * @param options.edgeErrors whether what an edge route throws as it loads is printed in a reasonable time
 */
export function describeRoutes(app: () => URL, { edgeErrors }: { readonly edgeErrors: boolean }): void {
  async function start(env: Record<string, string>): Promise<StartedApp> {
    const started = await startApp(app(), env)
    onTestFinished(started.stop)
    return started
  }

  describe('routes', { timeout: 60_000 }, () => {
    test('read their secret from the environment at run time, and pass on the arguments of Next', async () => {
      const { origin } = await start({ VISIBUILD_SECRET: secret })
      for (const path of ['/tenants/acme', '/edge/tenants/acme']) {
        const { status, body } = await ticket(origin + path)
        expect([status, JSON.parse(body)]).toEqual([200, { tenant: 'acme', event: 'ticket.created', path }])
        expect((await sendRequest({ ...sender.sign({ url: origin + path }), method: 'GET' })).status).toBe(
          405,
        )
      }
      const { status, body } = await ticket(`${origin}/api/tickets`)
      expect([status, JSON.parse(body)]).toEqual([200, { event: 'ticket.created', path: '/api/tickets' }])
    })

    test('without their secret answer every request 500, and the log says why', async () => {
      const { origin, lines } = await start({})
      const edge = edgeErrors ? ['/edge/tenants/acme'] : []
      for (const path of ['/tenants/acme', ...edge, '/api/tickets']) {
        const from = lines.length
        expect((await ticket(origin + path)).status, path).toBe(500)
        expect((await sender.send({ url: origin + path, omitProof: true })).status, path).toBe(500)
        await vi.waitFor(() => expect(lines.slice(from).join('\n')).toContain('The secret is missing'))
      }
    })

    test('of the Pages Router without `config` answer 500, and the log names the line that is missing', async () => {
      const { origin, lines } = await start({ VISIBUILD_SECRET: secret })
      const { status, body } = await ticket(`${origin}/api/parsed-tickets`)
      expect([status, body]).toEqual([500, '{"error":"misconfigured"}'])
      await vi.waitFor(() =>
        expect(lines.join('\n')).toContain('export const config = { api: { bodyParser: false } }'),
      )
    })

    test.each(['/gated', '/edge/gated'])(
      '%s: a program that gets SIGTERM waits for a handler whose sender has disconnected',
      async (path) => {
        const gate = createServer()
        onTestFinished(() => void gate.close())
        gate.listen(0, '127.0.0.1')
        await once(gate, 'listening')
        const { origin, lines, process, ended } = await start({
          GATED_SECRET: secret,
          GATE_URL: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`,
        })
        const { headers, body } = createSender({ scheme: embeddable(), secret }).sign()
        const port = Number(new URL(origin).port)
        const client = new RawClient({ port })
        const head = [
          `POST ${path} HTTP/1.1`,
          'host: test',
          ...headers.map((header) => header.join(': ')),
          `content-length: ${body.length}`,
        ]
        client.send(`${head.join('\r\n')}\r\n\r\n`).send(body)
        const [, held] = (await once(gate, 'request')) as [unknown, ServerResponse]
        client.destroy()
        process.kill('SIGTERM')
        await vi.waitFor(() => refusesConnections(port), { timeout: 10_000 })
        held.end()
        await ended
        expect(lines).toContain('gated: handled')
      },
    )
  })
}

async function refusesConnections(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  const refused = once(socket, 'connect').then(
    () => false,
    () => true,
  )
  const isRefused = await refused
  socket.destroy()
  expect(isRefused).toBe(true)
}
