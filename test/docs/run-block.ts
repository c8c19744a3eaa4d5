import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type SignedRequest, sendRequest } from '@countersign/testing'
import { expect } from 'vitest'
import type { Block } from './read-blocks.js'
import { senders } from './senders.js'

/** What a block may export, by the conventions of the frameworks. */
interface BlockExports {
  /** A route of Next.js or SvelteKit. */
  readonly POST?: (request: Request) => Promise<Response>
  /** A program of Bun, Deno or Workers, or a page of Next.js' Pages Router. */
  readonly default?: { readonly fetch?: (request: Request) => Promise<Response> } | RequestListener
  /** A function on Lambda. */
  readonly handler?: (event: object, context: object) => Promise<{ readonly statusCode: number }>
}

type Send = (request: SignedRequest) => Promise<number>

/**
 * Runs a block. Sends a real delivery, a repetition and an unsigned request to every webhook route that it creates, as its
 * framework would.
 *
 * @param startedServers the servers that the block has started
 */
export async function runBlock(
  { path, place, code }: Block,
  startedServers: () => readonly Server[],
): Promise<void> {
  const module: BlockExports = await import(/* @vite-ignore */ path)
  const paths = new Set([...code.matchAll(/['"`](\/webhooks\/[\w-]+)['"`]/g)].map(([, path = '']) => path))
  for (const server of startedServers()) {
    expect(paths.size, `${place} starts a server without a webhook's route`).toBeGreaterThan(0)
    for (const path of paths) await deliver(overHttp(server), path)
    server.close()
  }
  const [scheme = 'visibuild'] = Object.keys(senders).filter((name) => code.includes(`scheme: ${name}()`))
  const [path_ = `/webhooks/${scheme}`] = paths
  const { POST, default: program, handler } = module
  const handle = POST ?? (typeof program === 'object' ? program.fetch : undefined)
  if (handle) await deliver(withRequest(handle), path_)
  if (handler) await deliver(asLambda(handler), path_)
  if (typeof program === 'function') {
    const server = createServer(program).listen()
    await deliver(overHttp(server), path_)
    server.close()
  }
}

async function deliver(send: Send, path: string): Promise<void> {
  const sender = senders[path.split('/').at(-1) ?? '']
  if (!sender) throw new Error(`No sender for ${path}; add one to senders.ts.`)
  const url = `http://127.0.0.1${path}`
  const request = sender.sign({ url })
  expect(await send(request)).toBeLessThan(300)
  expect(await send(request)).toBeLessThan(300)
  expect(await send(sender.sign({ url, omitProof: true }))).toBe(401)
}

function overHttp(server: Server): Send {
  return async (request) => {
    if (!server.listening) await once(server, 'listening')
    const address = server.address()
    const url = new URL(request.url)
    url.port = String(typeof address === 'object' ? address?.port : '')
    return (await sendRequest({ ...request, url: url.href })).status
  }
}

function withRequest(handle: (request: Request) => Promise<Response>): Send {
  return async ({ url, method, headers, body }) => {
    const request = new Request(url, { method, headers: headers.map(([name, value]) => [name, value]), body })
    return (await handle(request)).status
  }
}

function asLambda(handler: NonNullable<BlockExports['handler']>): Send {
  return async ({ url, method, headers, body }) => {
    const path = new URL(url).pathname
    const event = {
      version: '2.0',
      rawPath: path,
      rawQueryString: '',
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      requestContext: { http: { method, path } },
      body: Buffer.from(body).toString('base64'),
      isBase64Encoded: true,
    }
    return (await handler(event, {})).statusCode
  }
}
