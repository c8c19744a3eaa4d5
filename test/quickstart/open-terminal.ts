import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'

/** A shell that stays open, so that variables and the folder are kept between commands. */
export interface Terminal {
  /** Runs a command to its end. @returns its output. @throws Error if its exit code is not 0 */
  readonly run: (command: string) => Promise<string>
  /** Starts a command that does not end. */
  readonly start: (command: string) => void
  /** Waits until the output matches. @returns the whole output. @throws Error after the time-out, or if the shell has ended */
  readonly printed: (expected: RegExp) => Promise<string>
  /** Ends the shell and all its processes. */
  readonly close: () => Promise<void>
}

/** @param timeoutMs the maximum time for one command or one line */
export function openTerminal(folder: string, env: NodeJS.ProcessEnv, timeoutMs: number): Terminal {
  // A separate process group, so that its child processes end with it.
  const shell = spawn('bash', ['--noprofile', '--norc'], { cwd: folder, env, detached: true })
  let output = ''
  const take = (bytes: Buffer) => {
    output += stripVTControlCharacters(bytes.toString()).replaceAll('\r', '')
  }
  shell.stdout.on('data', take)
  shell.stderr.on('data', take)
  const isOpen = () => shell.exitCode === null && shell.signalCode === null

  const printed = async (expected: RegExp): Promise<string> => {
    const deadline = Date.now() + timeoutMs
    while (!expected.test(output)) {
      if (!isOpen() || Date.now() > deadline)
        throw new Error(`Nothing like ${expected} was printed. What was:\n${output}`)
      await wait(50)
    }
    return output
  }

  let commands = 0
  return {
    printed,
    // The command must not read stdin, because the shell reads its next commands from it.
    start: (command) => void shell.stdin.write(`{ ${command}\n} </dev/null 2>&1\n`),
    run: async (command) => {
      const start = output.length
      const end = `--- end of command ${++commands}:`
      shell.stdin.write(`{ ${command}\n} </dev/null 2>&1\necho "${end} $?"\n`)
      const all = await printed(new RegExp(`^${end} \\d+$`, 'm'))
      const [text = '', status] = all.slice(start).split(`${end} `)
      if (Number.parseInt(status ?? '', 10) !== 0)
        throw new Error(`\`${command}\` ended with ${status}:\n${text}`)
      return text
    },
    close: async () => {
      if (!shell.pid || !isOpen()) return
      const ended = once(shell, 'exit')
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        try {
          process.kill(-shell.pid, signal)
        } catch {
          return // all of it has ended
        }
        await Promise.race([ended, wait(5_000)])
      }
    },
  }
}
