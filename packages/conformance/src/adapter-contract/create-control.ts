import { writeRequest } from '@countersign/testing/http'
import type { Control, Target } from './contract-program.js'
import { reuseConnection } from './reuse-connection.js'

/** Longer than the program may wait for what a command asks for. */
const limitMs = 30_000

/** Sends commands over HTTP, one after the other on a connection of their own. */
export function createControl({ host, port, prefix }: Pick<Target, 'host' | 'port' | 'prefix'>): {
  readonly control: Control
  readonly close: () => void
} {
  const { exchange, end } = reuseConnection({ host, port, limitMs })
  const target = `${prefix}/contract/control`
  const headers = [['content-type', 'application/json']] as const
  let last: Promise<unknown> = Promise.resolve()
  const control: Control = (command) => {
    const send = async (): Promise<unknown> => {
      const { status, body } = await exchange(
        writeRequest({ target, headers, body: JSON.stringify(command) }),
      )
      const text = Buffer.from(body, 'latin1').toString('utf8')
      if (status !== 200) throw new Error(`The program answered ${status} to "${command.do}": ${text}`)
      return JSON.parse(text)
    }
    const sent = last.then(send, send)
    last = sent
    return sent
  }
  return { control, close: end }
}
