import { type CheckOptions, checkProperties } from '@countersign/check'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { CliError } from '../errors/cli-error.js'
import { decimalNumber, wholeNumber } from '../options/parse-number.js'
import { readPayload } from '../options/read-payload.js'
import type { Terminal } from '../terminal.js'

/** The formats of a report. */
export type ReportFormat = 'text' | 'json' | 'junit' | 'tap'

/** What is checked, and how the report is written. */
export interface CheckSettings {
  readonly options: Omit<CheckOptions, 'url' | 'scheme' | 'secret' | 'handled'>
  readonly format: ReportFormat
  /** The file to write the report to; undefined for stdout. */
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

/** Adds the options on what to check and how to write the report. @returns reads them */
export function addCheckOptions(command: Command): (terminal: Terminal) => Promise<CheckSettings> {
  command
    .option('--event <name>', "the event's name, for a receiver that accepts only some events")
    .option('--payload <path>', 'JSON file to send instead of the example; fresh ids are written into it')
    .option('--only <names>', 'check only these properties, separated by commas', addNames)
    .option('--skip <names>', 'skip these properties, separated by commas', addNames)
    .option(
      '--timeout <seconds>',
      "how long to wait for an answer, and for the end of a stalled request (default: 5; for a valid delivery the scheme's deadline)",
      decimalNumber(0.1, 3_600),
    )
    .option(
      '--max-body <bytes>',
      "the largest body the receiver accepts (default: the scheme's, else 1 MiB)",
      wholeNumber(1),
    )
    .addOption(
      new Option('--format <format>', 'how to write the report').choices(['text', 'json', 'junit', 'tap']),
    )
    .option('--json', 'the same as --format json')
    .option('--output <path>', 'write the report to a file, and the summary to stdout')
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
      format: chooseFormat(values),
      output: values.output,
    }
  }
}

function chooseFormat({ format, json }: CheckValues): ReportFormat {
  if (json && format !== undefined && format !== 'json')
    throw new CliError('give --json or --format, not both')
  return json ? 'json' : (format ?? 'text')
}

function addNames(text: string, before: readonly string[] = []): readonly string[] {
  const names = text.split(',').map((name) => name.trim())
  const known = new Set(checkProperties.map(({ property }) => property))
  const unknown = names.find((name) => !known.has(name))
  if (unknown === undefined) return [...before, ...names]
  // Text that does not look like a property may be a secret in the wrong place: do not print it.
  const shown = /^[a-z]+(-[a-z]+)+$/.test(unknown) ? `"${unknown}"` : 'of that name'
  throw new InvalidArgumentError(`There is no property ${shown}; --help lists them.`)
}
