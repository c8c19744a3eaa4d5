import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ReceiverOptions } from '@countersign/core'
import { webhookHandler } from '@countersign/core/node'
import { onTestFinished } from 'vitest'

/** Serves on loopback until the test has finished. @returns its URL */
export async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`
}

/** What a receiver saw. */
export interface StartedReceiver {
  readonly url: string
  readonly requests: readonly IncomingMessage[]
  /** The ids of what reached the handler. */
  readonly handled: readonly (string | undefined)[]
}

/** A receiver of ours over node:http, until the test has finished. */
export async function startReceiver(options: ReceiverOptions): Promise<StartedReceiver> {
  const requests: IncomingMessage[] = []
  const handled: (string | undefined)[] = []
  const handle = webhookHandler({ onWarning: () => {}, ...options }, ({ id }) => void handled.push(id))
  const url = await serve((request, response) => {
    requests.push(request)
    void handle(request, response)
  })
  return { url, requests, handled }
}

/** A URL at which nobody listens. */
export async function unreachableUrl(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}/hooks`
}
