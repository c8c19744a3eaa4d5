import { type CheckOptions, checkProperties } from '@countersign/check'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { CliError } from '../cli-error.js'
import { decimalNumber, wholeNumber } from '../options/number-options.js'
import { readInput } from '../options/read-input.js'
import type { Terminal } from '../terminal.js'

/** What a report can be written as. */
export type ReportFormat = 'text' | 'json' | 'junit' | 'tap'

/** How a receiver is checked and told of, as the command line has it. */
export interface CheckSettings {
  readonly options: Omit<CheckOptions, 'url' | 'scheme' | 'secret' | 'handled'>
  readonly format: ReportFormat
  /** Undefined: stdout. */
  readonly output: string | undefined
}

interface CheckValues {
  readonly format?: ReportFormat
  readonly json?: boolean
  readonly output?: string
  readonly timeout?: number
  readonly maxBody?: number
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly event?: string
  readonly payload?: string
}

/** Adds what is checked, and what the report looks like. @returns reads it */
export function addCheckSettings(command: Command): (terminal: Terminal) => Promise<CheckSettings> {
  command
    .option('--event <name>', "the event's name, where the receiver heeds only some")
    .option('--payload <path>', 'JSON file to send instead of the example; fresh ids are written into it')
    .option('--only <names>', 'check these properties alone, separated by commas', addNames)
    .option('--skip <names>', 'leave these properties out, separated by commas', addNames)
    .option(
      '--timeout <seconds>',
      "so long for an answer, and required for the end of a stalled request (default: 5, for a valid delivery the scheme's deadline)",
      decimalNumber(0.1, 3_600),
    )
    .option(
      '--max-body <bytes>',
      "the largest body the receiver takes (default: the scheme's, else 1 MiB)",
      wholeNumber(1),
    )
    .addOption(
      new Option('--format <format>', 'how to write the report').choices(['text', 'json', 'junit', 'tap']),
    )
    .option('--json', 'the same as --format json')
    .option('--output <path>', 'write the report to a file, and one line to stdout')
  return async (terminal) => {
    const values: CheckValues = command.opts()
    const { timeout, maxBody, only, skip, event, payload } = values
    return {
      options: {
        ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
        ...(maxBody !== undefined && { maxBodyBytes: maxBody }),
        ...(only && { only }),
        ...(skip && { skip }),
        ...(event !== undefined && { event }),
        ...(payload !== undefined && { payload: await readPayload(payload, terminal) }),
        signal: terminal.parts.interrupted,
      },
      format: formatOf(values),
      output: values.output,
    }
  }
}

function formatOf({ format, json }: CheckValues): ReportFormat {
  if (json && format !== undefined && format !== 'json')
    throw new CliError('give --json or --format, not both')
  return json ? 'json' : (format ?? 'text')
}

function addNames(text: string, before: readonly string[] = []): readonly string[] {
  const names = text.split(',').map((name) => name.trim())
  const known = new Set(checkProperties.map(({ property }) => property))
  const strange = names.find((name) => !known.has(name))
  if (strange === undefined) return [...before, ...names]
  // What is no name of this kind may be a secret in the wrong place.
  const shown = /^[a-z]+(-[a-z]+)+$/.test(strange) ? `"${strange}"` : 'of that name'
  throw new InvalidArgumentError(`There is no property ${shown}; --help lists them.`)
}

async function readPayload(path: string, terminal: Terminal): Promise<unknown> {
  const text = (await readInput(path, 'the payload', terminal)).toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    throw new CliError(`"${path}" is not JSON`)
  }
}
