import type { Scheme } from '@countersign/core'
import { exampleEvents, type SignOptions } from '@countersign/testing'
import { type Command, InvalidArgumentError } from 'commander'
import { CliError } from '../cli-error.js'
import type { Terminal } from '../terminal.js'
import { decimalNumber } from './number-options.js'
import { parseHeader } from './parse-header.js'
import { readInput } from './read-input.js'

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

/** Beyond the year 5138: milliseconds that were taken for seconds. */
const maxSeconds = 99_999_999_999

/**
 * Adds what a delivery is to hold: `--event`, `--id`, `--payload`, `--body-file`, `--form`, `--timestamp`, `--header`,
 * `--method`. Without any it is an example of the scheme's deliveries.
 *
 * @returns reads it, and refuses what the scheme has no place for
 */
export function addDeliveryOptions(
  command: Command,
): (terminal: Terminal, scheme: Scheme) => Promise<SignOptions> {
  command
    .option('--event <name>', 'the event to send: an example (see --list-events), or the name of --payload')
    .option('--list-events', "list the events of the scheme's examples, and do nothing else")
    .option('--id <id>', 'the id that deduplicates, wherever the scheme has it (default: a fresh one)')
    .option('--payload <path>', 'JSON file to send; event, id and time are written into it; - is stdin')
    .option('--body-file <path>', 'file whose very bytes are sent; - is stdin')
    .option('--form <name=value>', 'a form field, instead of JSON; as often as needed', addField)
    .option('--timestamp <seconds>', 'the signed time, seconds since the epoch', decimalNumber(0, maxSeconds))
    .option('--header <name: value>', 'a header over what the scheme sets; no value removes it', addHeader)
    .option('--method <method>', "the method (default: the scheme's, mostly POST)", parseMethod)
  return async (terminal, scheme) => {
    const values: DeliveryValues = command.opts()
    checkContent(values)
    checkPlaces(values, scheme)
    if (values.payload === undefined && values.bodyFile === undefined && values.form === undefined)
      checkExample(values.event, scheme)
    const { event, id, form, header, method, timestamp } = values
    return {
      ...(event !== undefined && { event }),
      ...(id !== undefined && { id }),
      ...(form && { form }),
      ...(header && { headers: overridesOf(header) }),
      ...(method !== undefined && { method }),
      ...(timestamp !== undefined && { timestamp: Math.round(timestamp * 1000) }),
      ...(values.payload !== undefined && { payload: await readPayload(values.payload, terminal) }),
      ...(values.bodyFile !== undefined && { body: await readInput(values.bodyFile, 'the body', terminal) }),
    }
  }
}

/**
 * Refuses an event of which there is no example: another event's body under its name would show nothing.
 *
 * @throws CliError with what there is
 */
export function checkExample(event: string | undefined, { name }: Scheme): void {
  const known = event === undefined ? undefined : exampleEvents(name)
  if (event === undefined || !known || known.includes(event)) return
  throw new CliError(
    `there is no example of "${event}" for "${name}"; give its body with --payload, or one of ${known.join(', ')}`,
  )
}

function checkContent({ payload, bodyFile, form }: DeliveryValues): void {
  if ([payload, bodyFile, form].filter((given) => given !== undefined).length > 1)
    throw new CliError('give one of --payload, --body-file and --form')
}

/** What is not sent would be silently missing. */
function checkPlaces({ event, id, timestamp, bodyFile, form }: DeliveryValues, scheme: Scheme): void {
  const { name, eventType, deliveryId, eventId, identity, timestamp: time } = scheme
  if (event !== undefined && eventType?.header === undefined && eventType?.json === undefined)
    throw new CliError(`deliveries of "${name}" do not name their event; leave --event out`)
  if (id !== undefined && !deliveryId && !eventId && typeof identity !== 'object')
    throw new CliError(`deliveries of "${name}" have no id, ${withoutId(scheme)}; leave --id out`)
  if (timestamp === undefined) return
  if (!time) throw new CliError(`"${name}" signs no time; leave --timestamp out`)
  if ('json' in time && (bodyFile !== undefined || form !== undefined))
    throw new CliError(`"${name}" has its time in a JSON body; give --payload, into which it is written`)
}

/** How repetitions are told then. */
function withoutId({ bodyDigest, identity }: Scheme): string {
  const isByBody = identity === 'body-digest' || (bodyDigest && identity !== 'none')
  return isByBody
    ? 'and a receiver takes equal bodies for one event'
    : 'and nothing else deduplicates them: a receiver runs each copy'
}

async function readPayload(path: string, terminal: Terminal): Promise<unknown> {
  const bytes = await readInput(path, 'the payload', terminal)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new CliError(`"${path}" is not JSON; --body-file sends any bytes as they are`)
  }
}

function addField(text: string, before: DeliveryValues['form']): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) throw new InvalidArgumentError('It takes name=value.')
  return { ...before, [name]: value }
}

function addHeader(text: string, before: DeliveryValues['header']): DeliveryValues['header'] {
  if (/[^\t\P{Cc}]/u.test(text)) throw new InvalidArgumentError('It must not hold control characters.')
  return parseHeader(text, before)
}

/** Nothing after the colon takes a header away, as curl has it. */
function overridesOf(headers: NonNullable<DeliveryValues['header']>): Record<string, string | undefined> {
  return Object.fromEntries(headers.map(([name, value]) => [name, value === '' ? undefined : value]))
}

function parseMethod(text: string): string {
  if (!/^[A-Za-z]{1,20}$/.test(text)) throw new InvalidArgumentError('It takes a method, as POST.')
  return text.toUpperCase()
}
