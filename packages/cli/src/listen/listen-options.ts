import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { CliError } from '../errors/cli-error.js'
import { wholeNumber } from '../options/parse-number.js'
import { parseUrl } from '../options/parse-url.js'

interface ListenValues {
  readonly port: number
  readonly answer: number
  readonly save?: string
  readonly url?: string
  readonly once?: boolean
  readonly count?: number
  readonly json?: boolean
}

/** The options of `listen`. */
export interface ListenSettings {
  readonly port: number
  /** The status for verified deliveries. */
  readonly answer: number
  /** The folder for captures. */
  readonly folder: string | undefined
  /** The URL that the sender calls: schemes may sign it, and captures hold it. */
  readonly url: string | undefined
  /** How many deliveries to receive before it ends. */
  readonly count: number
  readonly asJson: boolean
}

/** Adds the options on how to listen. @returns reads them */
export function addListenOptions(command: Command): () => ListenSettings {
  command
    .option('--port <number>', 'the port on 127.0.0.1; 0 for any free port', wholeNumber(0, 65_535), 4_400)
    .option(
      '--answer <status>',
      'the status for verified deliveries; 500 makes senders retry',
      parseStatus,
      200,
    )
    .option(
      '--save <folder>',
      'save each delivery there as a JSON capture, without headers that may be secret',
    )
    .option('--url <url>', 'the URL the sender calls, if it comes through a tunnel', parseUrl)
    .option('--once', 'end after one delivery')
    .option('--count <number>', 'end after this many deliveries', wholeNumber(1))
    .option('--json', 'print one line of JSON for each delivery')
  return () => {
    const { port, answer, save, url, once, count, json = false }: ListenValues = command.opts()
    if (once && count !== undefined) throw new CliError('give --once or --count, not both')
    const last = once ? 1 : (count ?? Number.POSITIVE_INFINITY)
    return { port, answer, folder: save, url, count: last, asJson: json }
  }
}

function parseStatus(text: string): number {
  if (!/^[2-5]\d\d$/.test(text)) throw new InvalidArgumentError('Give a status, for example 500.')
  return Number(text)
}
