import { isWebhookError } from '@countersign/core'
import { CliError } from '../errors/cli-error.js'
import { exitCodes } from '../exit-codes.js'
import { toOneLine } from '../output/to-one-line.js'

const unreachable =
  /^(E[A-Z]+|CONNECT_TIMEOUT|CONNECTION_(CLOSED|DESTROYED|ENDED)|SQLITE_(BUSY|LOCKED)\w*|08\w{3}|53300|57P0\w)$/
const closed =
  /connection (is closed|terminated|timeout)|timed? ?out|timeout exceeded|closed unexpectedly|^LOADING\b/i

/**
 * An error of a database as one line, with exit code 3 if the database does not answer, else 2.
 *
 * @param what names the database: `Redis`
 */
export function toDatabaseError(what: string, error: unknown): CliError {
  if (error instanceof CliError) return error
  const chain = [...listCauses(error)]
  const [outer] = chain
  const broken = chain.find(isUnreachable)
  const exitCode = broken ? exitCodes.unreachable : exitCodes.usage
  // Errors of the store itself already say what to do.
  if (isWebhookError(outer) && / to \w+: /.test(outer.message)) return new CliError(outer.message, exitCode)
  const { code, message } = (broken ?? chain.at(-1) ?? new Error(String(error))) as NodeJS.ErrnoException
  if (broken) return new CliError(`${what} does not answer: ${code ?? toOneLine(message)}`, exitCode)
  return new CliError(`${what}: ${toOneLine(message, 300)}`)
}

function* listCauses(error: unknown): Generator<Error> {
  let current = error
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    // A host with several addresses fails with one error for each; the first one is enough.
    yield current instanceof AggregateError && current.errors[0] instanceof Error
      ? current.errors[0]
      : current
    current = current.cause
  }
}

function isUnreachable(error: Error): boolean {
  if (isWebhookError(error)) return false
  const { code, errcode } = error as NodeJS.ErrnoException & { readonly errcode?: number }
  // node:sqlite reports SQLITE_BUSY and SQLITE_LOCKED by number.
  if (errcode === 5 || errcode === 6) return true
  return (typeof code === 'string' && unreachable.test(code)) || closed.test(error.message)
}
