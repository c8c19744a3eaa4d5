import type { Scheme } from '@countersign/core'
import type { SignOptions } from '@countersign/testing'
import { type Command, InvalidArgumentError } from 'commander'
import { CliError } from '../errors/cli-error.js'
import type { Terminal } from '../terminal.js'
import { checkExampleEvent } from './check-example-event.js'
import { parseHeader } from './parse-header.js'
import { decimalNumber } from './parse-number.js'
import { readInput } from './read-input.js'
import { readPayload } from './read-payload.js'

interface DeliveryValues {
  readonly event?: string
  readonly id?: string
  readonly payload?: string
  readonly bodyFile?: string
  readonly form?: Readonly<Record<string, string>>
  readonly timestamp?: number
  readonly header?: readonly (readonly [name: string, value: string])[]
  readonly method?: string
}

/** The year 5138. Larger numbers are milliseconds. */
const maxSeconds = 99_999_999_999

const payloadAdvice = '; --body-file sends any bytes unchanged'

/**
 * Adds the options of a delivery: `--event`, `--id`, `--payload`, `--body-file`, `--form`, `--timestamp`, `--header`,
 * `--method`. Without them it is an example of the scheme's deliveries.
 *
 * @returns reads them, and refuses what the scheme cannot send
 */
export function addDeliveryOptions(
  command: Command,
): (terminal: Terminal, scheme: Scheme) => Promise<SignOptions> {
  command
    .option(
      '--event <name>',
      'the event: an example of it (see --list-events), or the event name of --payload',
    )
    .option('--list-events', 'print the events that have an example, and exit')
    .option('--id <id>', 'the id that receivers deduplicate by (default: a new one)')
    .option('--payload <path>', 'JSON file to send; event, id and time are written into it; - is stdin')
    .option('--body-file <path>', 'file whose bytes are sent unchanged; - is stdin')
    .option('--form <name=value>', 'a form field, instead of JSON; may be repeated', addField)
    .option('--timestamp <seconds>', 'the signed time, seconds since the epoch', decimalNumber(0, maxSeconds))
    .option(
      '--header <name: value>',
      'a header that replaces the one of the scheme; without a value it is removed',
      addHeader,
    )
    .option('--method <method>', "the method (default: the scheme's, usually POST)", parseMethod)
  return async (terminal, scheme) => {
    const values: DeliveryValues = command.opts()
    checkContent(values)
    checkSupport(values, scheme)
    if (values.payload === undefined && values.bodyFile === undefined && values.form === undefined)
      checkExampleEvent(values.event, scheme)
    const { event, id, form, header, method, timestamp } = values
    return {
      ...(event !== undefined && { event }),
      ...(id !== undefined && { id }),
      ...(form && { form }),
      ...(header && { headers: toOverrides(header) }),
      ...(method !== undefined && { method }),
      ...(timestamp !== undefined && { timestamp: Math.round(timestamp * 1000) }),
      ...(values.payload !== undefined && {
        payload: await readPayload(values.payload, terminal, payloadAdvice),
      }),
      ...(values.bodyFile !== undefined && { body: await readInput(values.bodyFile, 'the body', terminal) }),
    }
  }
}

function checkContent({ payload, bodyFile, form }: DeliveryValues): void {
  if ([payload, bodyFile, form].filter((given) => given !== undefined).length > 1)
    throw new CliError('give one of --payload, --body-file and --form')
}

/** Refuses options that the scheme cannot send: otherwise they would be dropped without notice. */
function checkSupport({ event, id, timestamp, bodyFile, form }: DeliveryValues, scheme: Scheme): void {
  const { name, eventType, deliveryId, eventId, identity, timestamp: time } = scheme
  if (event !== undefined && eventType?.header === undefined && eventType?.json === undefined)
    throw new CliError(`deliveries of "${name}" have no event name; remove --event`)
  if (id !== undefined && !deliveryId && !eventId && typeof identity !== 'object')
    throw new CliError(`deliveries of "${name}" have no id, ${describeNoId(scheme)}; remove --id`)
  if (timestamp === undefined) return
  if (!time) throw new CliError(`"${name}" signs no timestamp; remove --timestamp`)
  if ('json' in time && (bodyFile !== undefined || form !== undefined))
    throw new CliError(
      `"${name}" has its timestamp in a JSON body; use --payload, so that it can be written there`,
    )
}

/** How receivers recognise repetitions without an id. */
function describeNoId({ bodyDigest, identity }: Scheme): string {
  const isByBody = identity === 'body-digest' || (bodyDigest && identity !== 'none')
  return isByBody
    ? 'and receivers treat equal bodies as one event'
    : 'and nothing else deduplicates them: a receiver handles each copy'
}

function addField(text: string, before: DeliveryValues['form']): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Write it as name=value.')
  return { ...before, [name]: value }
}

function addHeader(text: string, before: DeliveryValues['header']): DeliveryValues['header'] {
  if (/[^\t\P{Cc}]/u.test(text)) throw new InvalidArgumentError('It must not contain control characters.')
  return parseHeader(text, before)
}

/** A header without a value is removed, as in curl. */
function toOverrides(headers: NonNullable<DeliveryValues['header']>): Record<string, string | undefined> {
  return Object.fromEntries(headers.map(([name, value]) => [name, value === '' ? undefined : value]))
}

function parseMethod(text: string): string {
  if (!/^[A-Za-z]{1,20}$/.test(text)) throw new InvalidArgumentError('Give a method, for example POST.')
  return text.toUpperCase()
}
