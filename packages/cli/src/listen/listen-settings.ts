import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { CliError } from '../cli-error.js'
import { wholeNumber } from '../options/number-options.js'
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

/** How the command listens. */
export interface ListenSettings {
  readonly port: number
  /** What a verified delivery is answered with. */
  readonly answer: number
  /** The folder in which captures are saved. */
  readonly folder: string | undefined
  /** What a scheme signs where it signs the URL, and what captures say. */
  readonly url: string | undefined
  /** How many deliveries it ends after. */
  readonly count: number
  readonly asJson: boolean
}

/** Adds how to listen. @returns reads it */
export function addListenSettings(command: Command): () => ListenSettings {
  command
    .option(
      '--port <number>',
      'the port on 127.0.0.1; 0 takes any that is free',
      wholeNumber(0, 65_535),
      4_400,
    )
    .option(
      '--answer <status>',
      'what verified deliveries are answered with, as 500 to see retries',
      parseStatus,
      200,
    )
    .option(
      '--save <folder>',
      'save each delivery as a JSON capture there, without headers that may be secret',
    )
    .option('--url <url>', 'the URL the sender calls, where a tunnel leads here', parseUrl)
    .option('--once', 'end after one delivery')
    .option('--count <number>', 'end after so many', wholeNumber(1))
    .option('--json', 'print one line of JSON for each delivery')
  return () => {
    const { port, answer, save, url, once, count, json = false }: ListenValues = command.opts()
    if (once && count !== undefined) throw new CliError('give --once or --count, not both')
    const last = once ? 1 : (count ?? Number.POSITIVE_INFINITY)
    return { port, answer, folder: save, url, count: last, asJson: json }
  }
}

function parseStatus(text: string): number {
  if (!/^[2-5]\d\d$/.test(text)) throw new InvalidArgumentError('It takes a status, as 500.')
  return Number(text)
}
