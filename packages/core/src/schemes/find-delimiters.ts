import type { RefuseScheme } from './refuse-scheme.js'
import type { SchemeDescriptor } from './scheme-descriptor.js'
import type { Template, TemplatePart } from './template.js'

/** What ends each part of a template, so that signed bytes are never ambiguous. */
type Delimiters = Pick<Template, 'idEnds' | 'needsBracket'>

/**
 * Finds where each part of the signed content ends. With `{id}:{body}`, the id `m1` before the body `a:b` and the id `m1:a`
 * before the body `b` are the same bytes: a signature of one delivery would prove the other. So each part must end at a
 * character that it cannot contain. Parts before the body are read from the start of the text, parts after it from its end.
 *
 * @throws through `refuse`, for a template with a part that nothing ends
 */
export function findDelimiters(
  { before, body, after }: Pick<Template, 'before' | 'body' | 'after'>,
  descriptor: SchemeDescriptor,
  refuse: RefuseScheme,
): Delimiters {
  const idEnds: string[] = []
  let needsBracket = false
  // Twitch's {id}{timestamp}{body}: the first bracket begins the body, and the time before it has a fixed form.
  const isBeforeTimeAndJson =
    before.slice(-2).join() === 'id,timestamp' &&
    endsItself('timestamp', descriptor) &&
    body === 'body' &&
    isJsonOnly(descriptor)

  const check = (part: TemplatePart, neighbour: TemplatePart | undefined, side: Side): void => {
    if (typeof part !== 'string' || endsItself(part, descriptor)) return
    const border = neighbour === undefined ? undefined : findDelimiter(neighbour, side)
    if (part === 'id' && border !== undefined) idEnds.push(border)
    else if (part === 'id' && isBeforeTimeAndJson) {
      idEnds.push('{', '[')
      needsBracket = true
    } else if (part === 'timestamp' && isNoDigit(border)) return
    else if (part === 'timestamp' && neighbour === undefined && body !== 'body') return
    else if (part === 'timestamp' && neighbour === undefined && isJsonOnly(descriptor)) needsBracket = true
    else refuse(`signedContent has two readings, since nothing ends {${part}}; ${remedies[side]}`)
  }
  for (const [index, part] of before.entries()) check(part, before[index + 1], 'follows')
  for (const [index, part] of after.entries()) check(part, after[index - 1], 'precedes')
  return { idEnds, needsBracket }
}

type Side = 'follows' | 'precedes'

const remedies: Readonly<Record<Side, string>> = {
  follows: 'put text behind it that it cannot hold, as the dot in {timestamp}.{body}',
  precedes: 'put text before it that it cannot hold, as the dot in {body}.{timestamp}',
}

function isNoDigit(border: string | undefined): boolean {
  return border !== undefined && !/[0-9]/.test(border)
}

/** Whether no value of the part begins or ends with another one. ISO 8601 times have a fixed beginning and a fixed end. */
function endsItself(
  part: 'timestamp' | 'id' | 'method',
  { timestamp, methods = [] }: SchemeDescriptor,
): boolean {
  if (part === 'timestamp')
    return timestamp !== undefined && timestamp !== false && timestamp.unit === 'iso8601'
  if (part === 'id') return false
  return methods.every((method) =>
    methods.every((other) => other === method || !(other.startsWith(method) || other.endsWith(method))),
  )
}

/** The character of literal text that touches the part. */
function findDelimiter(neighbour: TemplatePart, side: Side): string | undefined {
  if (typeof neighbour === 'string') return undefined
  return side === 'follows' ? neighbour.text.charAt(0) : neighbour.text.charAt(neighbour.text.length - 1)
}

function isJsonOnly({ payload = 'json', formJsonField }: SchemeDescriptor): boolean {
  return payload === 'json' && formJsonField === undefined
}
