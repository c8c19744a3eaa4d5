import { deepEqual, equal } from 'node:assert/strict'
import { RawClient, writeRequest } from '@countersign/testing/http'
import type { ContractForm } from '../routes/contract-route.js'
import { routePath } from '../routes/plain-routes.js'
import type { CaseTools } from './contract-case.js'
import type { Target } from './contract-program.js'
import { RemoteRoute } from './remote-route.js'
import { reuseConnection } from './reuse-connection.js'
import { signTicket } from './sign.js'

/** The tools of one run of a case, and their end. */
export function createTools(
  form: ContractForm,
  target: Target,
): { readonly tools: CaseTools; readonly close: () => void } {
  const { host, port, limitMs, control, rejections } = target
  const closing: (() => void)[] = []
  const tools: CaseTools = {
    form,
    async route(kind) {
      const route = new RemoteRoute(routePath(kind, form), target)
      await route.reset()
      return route
    },
    connect() {
      const client = new RawClient({ host, port, limitMs })
      closing.push(() => client.destroy())
      return client
    },
    reuseConnection() {
      const connection = reuseConnection(target)
      closing.push(connection.end)
      return connection
    },
    async deliver(route, { method, headers, body }) {
      const client = tools.connect().send(writeRequest({ method, target: route.target, headers, body }))
      const answer = await client.answer()
      client.destroy()
      return answer
    },
    async roundTrips() {
      const client = tools.connect()
      for (let round = 0; round < 3; round++) {
        client.send(writeRequest({ method: 'GET', target: target.prefix + routePath('basic', form) }))
        equal((await client.takeAnswer()).status, 405)
      }
      client.destroy()
    },
    async isUnharmed(route) {
      deepEqual(await route.takeRuns(), [], 'the handler ran')
      equal((await tools.deliver(route, signTicket())).status, 200, 'a good delivery was not taken')
      equal((await route.takeRuns()).length, 1, 'a good delivery was not handled once')
    },
    async changedOptions() {
      return (await control({ do: 'list-changed-options' })) as string[]
    },
    rejections,
  }
  const close = () => {
    for (const end of closing) end()
  }
  return { tools, close }
}
