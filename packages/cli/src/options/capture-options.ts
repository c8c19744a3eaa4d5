import type { Capture } from '@countersign/diagnosis'
import { type Command, Option } from 'commander'
import { CliError } from '../cli-error.js'
import type { Terminal } from '../terminal.js'
import { type CaptureValues, composeCapture } from './compose-capture.js'
import { wholeNumber } from './number-options.js'
import { parseHeader } from './parse-header.js'
import { parseUrl } from './parse-url.js'
import { type FileReader, readAll, readOne } from './read-capture-file.js'

/**
 * Adds where one capture comes from: a file, stdin, or headers and a body one by one.
 *
 * @returns reads it
 */
export function addCaptureOption(command: Command): (terminal: Terminal) => Promise<Capture> {
  const read = addOptions(command, '[capture]', readOne)
  return async (terminal) => (await read(terminal))[0] as Capture
}

/**
 * As {@link addCaptureOption}, for commands that take several captures: several files, or all requests of one.
 *
 * @returns reads them, at least one
 */
export function addCaptureOptions(command: Command): (terminal: Terminal) => Promise<readonly Capture[]> {
  return addOptions(command, '[capture...]', readAll)
}

function addOptions(
  command: Command,
  argument: '[capture]' | '[capture...]',
  readFile: FileReader,
): (terminal: Terminal) => Promise<readonly Capture[]> {
  command
    .argument(argument, 'file with an HTTP message, a HAR log, a Lambda event or a JSON capture; - is stdin')
    .addOption(
      new Option('--header <name: value>', 'a header, instead of a file; as often as needed').argParser(
        parseHeader,
      ),
    )
    .option('--body-file <path>', 'file with the body, as it was received; - is stdin')
    .option('--method <method>', "the request's method (default: the capture's, else POST)")
    .option(
      '--url <url>',
      "URL the sender called (default: the capture's, else https://<Host><path>)",
      parseUrl,
    )
    .option('--entry <number>', 'which request of a file with several, counted from 1', wholeNumber(1))
  return async (terminal) => {
    const files: readonly string[] = [command.processedArgs[0] ?? []].flat()
    const values: CaptureValues = command.opts()
    const isByHand = values.header !== undefined || values.bodyFile !== undefined
    if (isByHand && files.length > 0) throw new CliError('give a file, or --header and --body-file; not both')
    if (isByHand) return [await composeCapture(values, terminal)]
    if (files.length === 0)
      throw new CliError('no capture; name its file, - for stdin, or give --header and --body-file')
    const captures: Capture[] = []
    for (const file of files) captures.push(...(await readFile(file, values, terminal)))
    return values.method === undefined
      ? captures
      : captures.map((capture) => ({ ...capture, method: values.method as string }))
  }
}
