import type { Scheme } from '@countersign/core'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { decimalNumber, wholeNumber } from '../options/number-options.js'

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

/** How deliveries are sent, as the command line has it. */
export interface SendSettings {
  readonly mode:
    | { readonly kind: 'once'; readonly times: 1 | 2 }
    | { readonly kind: 'retries'; readonly schedule: readonly number[]; readonly withinMs: number }
    | {
        readonly kind: 'many'
        readonly count: number
        readonly rate: number | undefined
        readonly concurrency: number
      }
  readonly timeoutMs: number
}

const maxCount = 10_000_000

/** Adds how deliveries are sent. @returns reads it */
export function addSendSettings(command: Command): (scheme: Scheme) => SendSettings {
  command
    .option('--duplicate', 'send the same delivery twice, one after the other')
    .option('--retries', "walk the scheme's retry schedule, faster, until 2xx")
    .option('--retries-within <seconds>', 'the whole schedule in this time', decimalNumber(0, 86_400), 10)
    .option(
      '--count <number>',
      'send so many deliveries, each with an id of its own; with --id, copies of one',
      wholeNumber(1, maxCount),
      1,
    )
    .option('--rate <number>', 'so many a second at the most, with --count', decimalNumber(0.001, 100_000))
    .option('--concurrency <number>', 'so many at once at the most, with --count', wholeNumber(1, 1_000), 10)
    .option(
      '--timeout <seconds>',
      "wait so long for an answer (default: the scheme's deadline, else 10)",
      decimalNumber(0.001, 3_600),
    )
  return (scheme) => {
    const values: SendValues = command.opts()
    checkModes(values)
    const { timeout = scheme.respondWithin ?? 10 } = values
    return { mode: modeOf(values, scheme), timeoutMs: timeout * 1000 }
  }
}

function checkModes({ duplicate, retries, rate, count, ...faults }: SendValues): void {
  const { forge, stale, future, tamper } = faults
  if (retries && (duplicate || count > 1))
    throw new CliError('--retries goes with no --duplicate and no --count')
  if (duplicate && count > 1) throw new CliError('give --duplicate or --count, not both')
  if (rate !== undefined && count === 1) throw new CliError('--rate needs --count, which says when it ends')
  if (retries && (forge || stale || future || tamper))
    throw new CliError(
      '--retries is for honest deliveries; leave --forge, --stale, --future and --tamper out',
    )
}

function modeOf(values: SendValues, { name, retries = [], retriesForSeconds }: Scheme): SendSettings['mode'] {
  const { count, rate, concurrency, duplicate, retriesWithin } = values
  if (count > 1) return { kind: 'many', count, rate, concurrency }
  if (!values.retries) return { kind: 'once', times: duplicate ? 2 : 1 }
  if (retries.length > 1) return { kind: 'retries', schedule: retries, withinMs: retriesWithin * 1000 }
  const known = retriesForSeconds === undefined ? 'does not say that it retries' : 'publishes no schedule'
  const what = retries.length === 1 ? 'never retries by itself' : known
  throw new CliError(
    `"${name}" ${what}; give a descriptor's file with "retries", as [0, 30, 120], as the --scheme`,
  )
}
