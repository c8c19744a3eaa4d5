import { exec } from 'node:child_process'
import type { CheckOptions } from '@countersign/check'
import type { Command } from 'commander'
import { CliError } from '../errors/cli-error.js'
import { exitCodes } from '../exit-codes.js'
import { checkTarget } from '../options/target-option.js'
import type { Terminal } from '../terminal.js'

interface HandledValues {
  readonly handledUrl?: string
  readonly handledCommand?: string
  readonly allowRemote?: boolean
}

/** Enough for a database query. The check asks for the count many times, so a slower one is useless. */
const timeoutMs = 10_000

const expectedCount = 'it must return how many deliveries were handled, as 12 or {"handled":12}'

/** Adds the options that count handler runs. @returns the counter, or undefined without these options */
export function addHandledOptions(
  command: Command,
): (terminal: Terminal) => Promise<CheckOptions['handled']> {
  command
    .option(
      '--handled-url <url>',
      'URL that returns how many deliveries were handled: a number, or JSON with "handled"',
    )
    .option('--handled-command <command>', 'command that prints the same, for example a database query')
  return async (terminal) => {
    const { handledUrl, handledCommand, allowRemote = false }: HandledValues = command.opts()
    if (handledUrl !== undefined && handledCommand !== undefined)
      throw new CliError('give --handled-url or --handled-command, not both')
    if (handledCommand !== undefined) return () => countByCommand(handledCommand, terminal)
    if (handledUrl === undefined) return undefined
    const url = await checkTarget(handledUrl, { allowRemote })
    return () => countByUrl(url, terminal)
  }
}

async function countByUrl(url: URL, { parts }: Terminal): Promise<number> {
  const signal = AbortSignal.any([parts.interrupted, AbortSignal.timeout(timeoutMs)])
  const response = await fetch(url, { redirect: 'error', signal }).catch(() => {
    parts.interrupted.throwIfAborted()
    throw new CliError(
      '--handled-url cannot be reached; it must answer GET, without a redirect',
      exitCodes.unreachable,
    )
  })
  const count = response.ok ? parseCount(await response.text()) : undefined
  if (count !== undefined) return count
  throw new CliError(
    `--handled-url answered ${response.status}${response.ok ? ' without a number' : ''}; ${expectedCount}`,
  )
}

/** Uses a number whatever the command's exit code is: `grep -c` prints 0 and exits with 1. */
function countByCommand(text: string, { parts }: Terminal): Promise<number> {
  const options = { cwd: parts.cwd, env: { ...parts.env }, timeout: timeoutMs, signal: parts.interrupted }
  return new Promise((resolve, reject) => {
    exec(text, options, (error, stdout) => {
      const count = parseCount(stdout)
      if (parts.interrupted.aborted) reject(parts.interrupted.reason)
      else if (count !== undefined) resolve(count)
      else
        reject(
          new CliError(
            `--handled-command ${error ? describeExit(error) : 'printed no number'}; ${expectedCount}`,
          ),
        )
    })
  })
}

function describeExit({
  killed,
  code,
  signal,
}: {
  killed?: boolean
  code?: unknown
  signal?: unknown
}): string {
  if (killed) return `took more than ${timeoutMs / 1000} s`
  return `exited with ${code ?? signal} and printed no number`
}

function parseCount(text: string): number | undefined {
  const count = /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : readHandledField(text)
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}

function readHandledField(text: string): unknown {
  try {
    return JSON.parse(text)?.handled
  } catch {
    return undefined
  }
}
