import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { openTerminal } from './open-terminal.js'
import type { Step } from './read-steps.js'

/** The result of following a page. */
export interface Followed {
  /** From the empty folder to the first delivery that was verified and answered 2xx. */
  readonly secondsToFirstDelivery: number
}

export interface FollowOptions {
  /** An empty folder. */
  readonly folder: string
  /** A free port. */
  readonly port: number
  readonly env: NodeJS.ProcessEnv
  /** The maximum time for one command or line. */
  readonly patienceMs?: number
}

/** The server's port on every page. */
const shownPort = '3000'

/** The answer to a delivery, as `countersign send` prints it or as a page's own program does. */
const taken = /^2\d\d\b/m

/**
 * Follows a page word for word in an empty folder. Only the port differs, because 3000 may be in use.
 *
 * @throws Error at the first step whose result differs from the page
 */
export async function followPage(
  steps: readonly Step[],
  { folder, port, env, patienceMs = 300_000 }: FollowOptions,
): Promise<Followed> {
  const terminals = {
    first: openTerminal(folder, env, patienceMs),
    second: openTerminal(folder, env, patienceMs),
  }
  const here = (text: string) => text.replaceAll(shownPort, String(port))
  const start = performance.now()
  let secondsToFirstDelivery: number | undefined
  let printed: string | undefined
  try {
    for (const step of steps) {
      if (step.do === 'write') await writeAt(join(folder, step.file), here(step.content))
      if (step.do === 'run') {
        const terminal = terminals[step.terminal]
        const commands = step.commands.map(here)
        const last = step.runsOn ? commands.pop() : undefined
        printed = ''
        for (const command of commands) printed += await terminal.run(command)
        if (last !== undefined) {
          terminal.start(last)
          printed = undefined // it appears over time
        }
        if (taken.test(printed ?? '')) secondsToFirstDelivery ??= (performance.now() - start) / 1000
      }
      if (step.do === 'expect') {
        const expected = toPattern(here(step.text))
        if (step.terminal === 'first' || printed === undefined) await terminals.first.printed(expected)
        else if (!expected.test(printed))
          throw new Error(`The page shows\n${step.text}\nbut the output was:\n${printed}`)
      }
    }
  } finally {
    await Promise.all([terminals.first.close(), terminals.second.close()])
  }
  if (secondsToFirstDelivery === undefined) throw new Error('No delivery was answered 2xx.')
  return { secondsToFirstDelivery }
}

async function writeAt(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

/** Matches whole lines; `…` matches what differs from run to run. */
function toPattern(shown: string): RegExp {
  const escaped = shown.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.*')
  return new RegExp(`^${escaped}$`, 'm')
}
