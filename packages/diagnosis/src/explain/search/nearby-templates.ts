import type { SchemeDescriptor } from '@countersign/core'
import type { Capture } from '../../captures/capture.js'
import { idSources } from '../../recompute/id-sources.js'
import { templatesOf } from '../../recompute/templates-of.js'
import { timeSources } from '../../recompute/time-sources.js'
import type { BodyPart, ContentTemplate, FoundId, FoundTime } from '../../recompute/types.js'
import { urlVariants } from '../../recompute/url-variants.js'
import { momentForms } from '../../recompute/write-moment.js'

const bodyParts: readonly BodyPart[] = ['body', 'bodySha256Hex', 'bodySha256Base64']
const separators = ['.', '', ':', '\n', '|', '-', ',', ';', '&', '/', '_', ' ', '\r\n', '+', '#'] as const
const usualForms = 4
const versions = ['v0', 'v1', 'v2', '1'] as const

/** A part of a signed content that stands between separators. */
type Item = '{timestamp}' | '{id}' | '{method}' | '{url}' | '{body}' | (string & {})

interface Values {
  readonly time: FoundTime | undefined
  readonly id: FoundId | undefined
  readonly url: string
  readonly method: string
  readonly bodyPart: BodyPart
}

/**
 * Signed contents that differ in one thing from the scheme's, or in two: another separator, a part more or less, another
 * order, another header's time, another URL.
 */
export function* nearbyTemplates(scheme: SchemeDescriptor, capture: Capture): Generator<ContentTemplate> {
  for (const template of allNearby(scheme, capture)) {
    const { signedContent, time, id } = template
    const lacks = (placeholder: string, value: unknown) =>
      signedContent.includes(placeholder) && value === undefined
    if (!lacks('{timestamp}', time) && !lacks('{id}', id)) yield template
  }
}

function* allNearby(scheme: SchemeDescriptor, capture: Capture): Generator<ContentTemplate> {
  const { signedContent = '{body}', url: configuredUrl } = scheme
  const configured = templatesOf(scheme, capture)[0]
  const pieces = signedContent.split(/(\{\w+\}|[A-Za-z0-9]+)/)
  const items = pieces.filter((piece) => /[A-Za-z0-9]/.test(piece)).map(plainItem)
  const separator = pieces.find((piece) => piece !== '' && !/[A-Za-z0-9]/.test(piece)) ?? '.'
  const bodyPart = (/\{(bodySha256\w+)\}/.exec(signedContent)?.[1] ?? 'body') as BodyPart
  const times = distinct([...(configured?.time ? [configured.time] : []), ...timeSources(capture)])
  const ids = distinct([...(configured?.id ? [configured.id] : []), ...idSources(capture)])
  const urls = urlsOf(capture, configuredUrl)
  const { method } = capture
  const first: Values = { time: times[0], id: ids[0], url: configuredUrl ?? capture.url, method, bodyPart }

  for (const other of separators) yield fill(items, other, first)
  for (const joints of oneChanged(pieces)) yield fill(items, joints, first)
  for (const part of bodyParts) yield fill(items, separator, { ...first, bodyPart: part })
  for (const list of edited(items)) {
    for (const other of new Set([separator, '.', '', ':', '\n'])) yield fill(list, other, first)
  }
  for (const list of [items, ...edited(items)]) {
    if (list.includes('{timestamp}'))
      for (const time of times.flatMap(formsOf)) yield fill(list, separator, { ...first, time })
    if (list.includes('{id}')) for (const id of ids.slice(0, 8)) yield fill(list, separator, { ...first, id })
    if (list.includes('{url}')) for (const url of urls) yield fill(list, separator, { ...first, url })
  }
}

function plainItem(piece: string): Item {
  return piece.startsWith('{body') ? '{body}' : piece
}

/** Each part left out; each part that could be there put before all others and after them; every order of few. */
function edited(items: readonly Item[]): readonly (readonly Item[])[] {
  const withoutOne = items
    .filter((item) => item !== '{body}')
    .map((item) => items.filter((other) => other !== item))
  const added = ['{timestamp}', '{id}', '{url}', '{method}', ...versions]
    .filter((item) => !items.includes(item))
    .flatMap((item) => [[item, ...items], insertedBeforeBody(items, item), [...items, item]])
  return [...withoutOne, ...added, ...(items.length <= 4 ? permutations(items) : [])]
}

function insertedBeforeBody(items: readonly Item[], item: Item): readonly Item[] {
  const at = items.indexOf('{body}')
  return [...items.slice(0, at), item, ...items.slice(at)]
}

/** The separators as they are but for one; what stands before the first part and behind the last stays out. */
function oneChanged(pieces: readonly string[]): readonly (readonly string[])[] {
  const joints = pieces.filter((_, index) => index % 2 === 0).slice(1, -1)
  return joints.length < 2
    ? []
    : joints.flatMap((_, index) =>
        separators.map((other) => joints.map((joint, at) => (at === index ? other : joint))),
      )
}

function permutations(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  )
}

/** @param joint what stands between all, or between each and the next */
function fill(items: readonly Item[], joint: string | readonly string[], values: Values): ContentTemplate {
  const at = items.indexOf('{body}')
  const joints = items.slice(1).map((_, index) => (typeof joint === 'string' ? joint : (joint[index] ?? '')))
  const write = (item: Item): string => {
    if (item === '{timestamp}') return values.time?.text ?? ''
    if (item === '{id}') return values.id?.text ?? ''
    if (item === '{method}') return values.method
    return item === '{url}' ? Buffer.from(values.url, 'utf8').toString('latin1') : item
  }
  const join = (from: number, to: number) =>
    items
      .slice(from, to)
      .map((item, index) =>
        from + index < at ? write(item) + joints[from + index] : joints[from + index - 1] + write(item),
      )
      .join('')
  const notation = items
    .map((item, index) => (item === '{body}' ? `{${values.bodyPart}}` : item) + (joints[index] ?? ''))
    .join('')
  return {
    signedContent: notation,
    before: Buffer.from(join(0, at), 'latin1'),
    bodyPart: values.bodyPart,
    after: Buffer.from(join(at + 1, items.length), 'latin1'),
    time: items.includes('{timestamp}') ? values.time : undefined,
    id: items.includes('{id}') ? values.id : undefined,
    url: items.includes('{url}') ? values.url : undefined,
  }
}

/** The same moment in other forms, of which there are more where nothing else differs. */
function formsOf(time: FoundTime): readonly FoundTime[] {
  const forms = momentForms(time.text).slice(0, usualForms)
  return [time, ...forms.map((text) => ({ ...time, text, stated: time.text }))]
}

/** What the sender called, as proxies and platforms tell it. */
function urlsOf({ url, headers }: Capture, configured: string | undefined): readonly string[] {
  const header = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
  const host = header('x-forwarded-host') ?? header('x-original-host')
  const protocol = header('x-forwarded-proto')
  const path = header('x-original-uri') ?? header('x-original-url') ?? header('x-forwarded-uri')
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const forwarded =
    parsed && (host || protocol || path)
      ? [
          `${protocol ?? parsed.protocol.slice(0, -1)}://${host ?? parsed.host}${path ?? parsed.pathname + parsed.search}`,
        ]
      : []
  return [...new Set([...(configured ? [configured] : []), url, ...forwarded].flatMap(urlVariants))]
}

function distinct<TFound extends { readonly text: string }>(found: readonly TFound[]): readonly TFound[] {
  return found.filter(({ text }, index) => found.findIndex((other) => other.text === text) === index)
}
