import type { Scheme } from '@countersign/core'
import type { Command } from 'commander'
import { CliError } from '../errors/cli-error.js'
import { decimalNumber, wholeNumber } from '../options/parse-number.js'

interface SendValues {
  readonly duplicate?: boolean
  readonly retries?: boolean
  readonly retriesWithin: number
  readonly rate?: number
  readonly count: number
  readonly concurrency: number
  readonly timeout?: number
  readonly json?: boolean
  readonly forge?: boolean
  readonly stale?: boolean
  readonly future?: boolean
  readonly tamper?: boolean
}

/** How deliveries are sent. */
export interface SendSettings {
  readonly mode:
    | { readonly kind: 'once'; readonly times: 1 | 2 }
    | { readonly kind: 'retries'; readonly schedule: readonly number[]; readonly withinMs: number }
    | {
        readonly kind: 'load'
        readonly count: number
        readonly rate: number | undefined
        readonly concurrency: number
      }
  readonly timeoutMs: number
}

const maxCount = 10_000_000

/** Adds the options on how deliveries are sent. @returns reads them */
export function addSendOptions(command: Command): (scheme: Scheme) => SendSettings {
  command
    .option('--duplicate', 'send the same delivery twice, one after the other')
    .option('--retries', "retry by the scheme's schedule until 2xx, with shorter waits")
    .option(
      '--retries-within <seconds>',
      'fit the whole schedule into this time',
      decimalNumber(0, 86_400),
      10,
    )
    .option(
      '--count <number>',
      'send this many deliveries, each with its own id; with --id, copies of one',
      wholeNumber(1, maxCount),
      1,
    )
    .option('--rate <number>', 'at most this many per second, with --count', decimalNumber(0.001, 100_000))
    .option('--concurrency <number>', 'at most this many at once, with --count', wholeNumber(1, 1_000), 10)
    .option(
      '--timeout <seconds>',
      "how long to wait for an answer (default: the scheme's deadline, else 10)",
      decimalNumber(0.001, 3_600),
    )
  return (scheme) => {
    const values: SendValues = command.opts()
    checkModes(values)
    const { timeout = scheme.respondWithin ?? 10 } = values
    return { mode: chooseMode(values, scheme), timeoutMs: timeout * 1000 }
  }
}

function checkModes({ duplicate, retries, rate, count, ...faults }: SendValues): void {
  const { forge, stale, future, tamper } = faults
  if (retries && (duplicate || count > 1))
    throw new CliError('--retries cannot be combined with --duplicate or --count')
  if (duplicate && count > 1) throw new CliError('give --duplicate or --count, not both')
  if (rate !== undefined && count === 1)
    throw new CliError('--rate needs --count; add how many deliveries to send')
  if (retries && (forge || stale || future || tamper))
    throw new CliError('--retries is for valid deliveries; remove --forge, --stale, --future and --tamper')
}

function chooseMode(
  values: SendValues,
  { name, retries = [], retriesForSeconds }: Scheme,
): SendSettings['mode'] {
  const { count, rate, concurrency, duplicate, retriesWithin } = values
  if (count > 1) return { kind: 'load', count, rate, concurrency }
  if (!values.retries) return { kind: 'once', times: duplicate ? 2 : 1 }
  if (retries.length > 1) return { kind: 'retries', schedule: retries, withinMs: retriesWithin * 1000 }
  const unknown = retriesForSeconds === undefined ? 'documents no retries' : 'publishes no retry schedule'
  const reason = retries.length === 1 ? 'never retries by itself' : unknown
  throw new CliError(
    `"${name}" ${reason}; use --scheme with a descriptor file that has "retries", for example [0, 30, 120]`,
  )
}
