import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { readMessages } from './read-messages.js'
import { url } from './server.js'

/** A pooler in transaction mode that knows nothing of prepared statements, in front of the real server. */
export interface StartedPooler {
  readonly url: string
  /** SQLSTATEs of all errors that the server answered through it. */
  readonly errors: readonly string[]
  stop(): Promise<void>
}

/** A session of the server, and who has it until its transaction ends. */
interface Session {
  readonly socket: Socket
  holder: Socket | undefined
  /** How many answers of the server are still to come. */
  awaited: number
  /** The holder has sent part of a request, and will send the rest. */
  isHalfAsked: boolean
}

/**
 * Each client opens a session, as it would without a pooler, and then gets whichever has been free for longest. So it needs
 * no password of its own, and hardly any client's statements stay on one session.
 */
export async function startPooler(): Promise<StartedPooler> {
  const target = new URL(url)
  const free: Session[] = []
  const sockets = new Set<Socket>()
  const errors: string[] = []

  const server = createServer((client) => {
    const socket = connect(Number(target.port || 5432), target.hostname)
    for (const end of [client, socket]) {
      sockets.add(end.setNoDelay(true).on('error', () => {}))
    }
    const own: Session = { socket, holder: client, awaited: 1, isHalfAsked: false }
    let session: Session | undefined = own
    let isStarted = false

    socket.on(
      'data',
      readMessages(({ type, body, bytes }) => {
        // Clients get process ids of the pooler's own.
        if (type === 'K') bytes.writeUInt32BE(sockets.size, 5)
        own.holder?.write(bytes)
        if (type === 'E') errors.push(/\0C([0-9A-Z]{5})\0/.exec(`\0${body.toString('latin1')}`)?.[1] ?? '')
        if (type !== 'Z') return
        own.awaited -= 1
        if (own.awaited > 0 || own.isHalfAsked || body.toString('latin1') !== 'I') return
        own.holder?.emit('transaction-end')
        own.holder = undefined
        free.push(own)
      }),
    )
    client.on('transaction-end', () => {
      session = undefined
      isStarted = true
    })
    const forward = readMessages(({ type, bytes }) => {
      if (type === 'X') return void client.end()
      session ??= free.shift()
      if (!session) throw new Error('every client has brought a session')
      session.holder = client
      session.isHalfAsked = type !== 'S' && type !== 'Q'
      if (!session.isHalfAsked) session.awaited += 1
      session.socket.write(bytes)
    })
    client.on('data', (chunk: Buffer) => (isStarted ? forward(chunk) : socket.write(chunk)))
    client.on('close', () => session?.socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String((server.address() as AddressInfo).port)
  return {
    url: through.href,
    errors,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
