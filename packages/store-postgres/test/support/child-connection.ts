import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A connection that another process holds. */
export interface ChildConnection {
  query(text: string, params?: string[]): Promise<{ readonly rows: unknown[] }>
  /** Ends the process at once, and with it the connection. */
  kill(): Promise<void>
}

export async function connectInChild(url: string): Promise<ChildConnection> {
  const child = fork(new URL('run-statements.js', import.meta.url), [url], { execArgv: [] })
  const exited = once(child, 'exit')
  await once(child, 'message')
  return {
    async query(text, params = []) {
      child.send({ text, params })
      const [answer] = await once(child, 'message')
      return answer
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
