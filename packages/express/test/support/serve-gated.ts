import type { RequestHandler } from 'express'
import { onTestFinished } from 'vitest'
import { createGate, type Gate } from '../../../../test/support/gate.js'
import type { Answer } from '../../../../test/support/raw-client.js'
import { type Served, serve } from '../../../../test/support/serve.js'
import { settleBeforeEnd } from '../../../core/src/node/answer/settle-before-end.js'
import type { Express } from './frameworks.js'

export function appWith(express: Express, ...handlers: RequestHandler[]) {
  const app = express()
  // Without this, Node keeps a list of headers from the start, which would include those of writeHead().
  app.disable('x-powered-by')
  app.get('/other', (_req, res) => void res.send('other'))
  app.use(...handlers)
  // Logs nothing and sends no stack, which would differ between the two servers.
  app.set('env', 'test')
  return app
}

/** A route behind a suite whose settling waits for the gate. */
export async function serveGated(
  express: Express,
  gate: Gate,
  route: RequestHandler,
  arrange: (handlers: RequestHandler[]) => RequestHandler[] = (handlers) => handlers,
) {
  const statuses: number[] = []
  const settling = createGate()
  const settled: RequestHandler = (_req, res, next) => {
    settleBeforeEnd(res, async (status) => {
      statuses.push(status)
      settling.open()
      await gate.opened
      return true
    })
    next()
  }
  const app = appWith(express, ...arrange([settled]), route)
  onTestFinished(gate.open)
  return { served: { ...(await serve(app)), app }, statuses, settling }
}

/** Waits until all bytes in flight have arrived. */
export async function roundTrip({ url }: Served): Promise<void> {
  for (let i = 0; i < 3; i++) await (await fetch(`${url}/other`)).text()
}

export function request(path: string, headers = ''): string {
  return `POST ${path} HTTP/1.1\r\nhost: test\r\n${headers}content-length: 0\r\n\r\n`
}

/** Removes what differs between two runs: the date, and the trace in an error page. */
export function comparable({ status, headers, body }: Answer) {
  const fixed = new Map(
    [...headers].filter(([name]) => name !== 'date' && name !== 'last-modified' && name !== 'etag'),
  )
  if (status < 500 || status === 503) return { status, headers: fixed, body }
  fixed.delete('content-length')
  return { status, headers: fixed, body: body.includes('broken') }
}
