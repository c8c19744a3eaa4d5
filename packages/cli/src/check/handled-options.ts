import { exec } from 'node:child_process'
import type { CheckOptions } from '@countersign/check'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { exitCodes } from '../exit-codes.js'
import { checkTarget } from '../options/target-option.js'
import type { Terminal } from '../terminal.js'

interface HandledValues {
  readonly handledUrl?: string
  readonly handledCommand?: string
  readonly allowRemote?: boolean
}

/** Long enough for a query; a count that takes longer would be asked for many times. */
const timeoutMs = 10_000

const whatToGive = 'it must give how many deliveries were handled, as 12 or {"handled":12}'

/** Adds how to see how often the handler ran. @returns what counts, if anything does */
export function addHandledOptions(
  command: Command,
): (terminal: Terminal) => Promise<CheckOptions['handled']> {
  command
    .option(
      '--handled-url <url>',
      'GET answers how many deliveries were handled: a number, or JSON with "handled"',
    )
    .option('--handled-command <command>', 'prints how many were handled, as a query of a database would')
  return async (terminal) => {
    const { handledUrl, handledCommand, allowRemote = false }: HandledValues = command.opts()
    if (handledUrl !== undefined && handledCommand !== undefined)
      throw new CliError('give --handled-url or --handled-command, not both')
    if (handledCommand !== undefined) return () => askCommand(handledCommand, terminal)
    if (handledUrl === undefined) return undefined
    const url = await checkTarget(handledUrl, { allowRemote })
    return () => askUrl(url, terminal)
  }
}

async function askUrl(url: URL, { parts }: Terminal): Promise<number> {
  const signal = AbortSignal.any([parts.interrupted, AbortSignal.timeout(timeoutMs)])
  const response = await fetch(url, { redirect: 'error', signal }).catch(() => {
    parts.interrupted.throwIfAborted()
    throw new CliError('--handled-url cannot be reached', exitCodes.unreachable)
  })
  const count = response.ok ? countIn(await response.text()) : undefined
  if (count !== undefined) return count
  throw new CliError(
    `--handled-url answered ${response.status}${response.ok ? ' and no number' : ''}; ${whatToGive}`,
  )
}

/** A number counts whatever the command ends with: `grep -c` prints 0 and ends with 1. */
function askCommand(text: string, { parts }: Terminal): Promise<number> {
  const options = { cwd: parts.cwd, env: { ...parts.env }, timeout: timeoutMs, signal: parts.interrupted }
  return new Promise((resolve, reject) => {
    exec(text, options, (error, stdout) => {
      const count = countIn(stdout)
      if (parts.interrupted.aborted) reject(parts.interrupted.reason)
      else if (count !== undefined) resolve(count)
      else reject(new CliError(`--handled-command ${error ? endOf(error) : 'gave no number'}; ${whatToGive}`))
    })
  })
}

function endOf({ killed, code, signal }: { killed?: boolean; code?: unknown; signal?: unknown }): string {
  return killed ? `took over ${timeoutMs / 1000} s` : `ended with ${code ?? signal} and no number`
}

function countIn(text: string): number | undefined {
  const count = /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : handledIn(text)
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}

function handledIn(text: string): unknown {
  try {
    return JSON.parse(text)?.handled
  } catch {
    return undefined
  }
}
