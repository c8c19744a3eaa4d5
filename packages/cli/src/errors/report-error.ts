import { CommanderError } from 'commander'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'
import { CliError } from './cli-error.js'

const maxLength = 600

/** Prints in one line why a command failed. @returns the exit code */
export function reportError(error: unknown, terminal: Terminal): ExitCode {
  // Commander throws this for --help and --version too, and has printed its errors itself.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  if (terminal.parts.interrupted.aborted) {
    if (!terminal.isClosed) terminal.printError('countersign: interrupted')
    return exitCodes.interrupted
  }
  const line = terminal.clean(getMessage(error).replace(/\s+/g, ' ').trim())
  terminal.printError(`countersign: ${line.length > maxLength ? `${line.slice(0, maxLength)}...` : line}`)
  if (error instanceof CliError) return error.exitCode
  return isNetworkError(error) ? exitCodes.unreachable : exitCodes.usage
}

function getMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // A host with several addresses fails with one error for each, and no message of its own.
  return error.message || listCodes(error)[0] || error.name
}

const networkCodes =
  /^(ECONN\w+|ENOTFOUND|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ETIMEDOUT|EPIPE|EAI_AGAIN|EPROTO|ERR_TLS_\w+|UND_ERR_\w+)$/

function isNetworkError(error: unknown): boolean {
  return listCodes(error).some((code) => networkCodes.test(code))
}

/** The codes of an error and of its causes. */
function listCodes(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 4) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  const others: readonly unknown[] = error instanceof AggregateError ? error.errors : []
  return [...own, ...[error.cause, ...others].flatMap((inner) => listCodes(inner, depth + 1))]
}
