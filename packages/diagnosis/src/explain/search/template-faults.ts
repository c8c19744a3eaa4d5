import type { SchemeDescriptor } from '@countersign/core'
import type { ContentTemplate, Fault } from '../../recompute/types.js'

interface Shape {
  /** Placeholders and words, in their order. */
  readonly items: readonly string[]
  readonly words: readonly string[]
  readonly separators: readonly string[]
}

/** In what a signed content differs from the one that is configured. None: in nothing that the scheme says. */
export function templateFaults(
  found: ContentTemplate,
  configured: ContentTemplate,
  scheme: SchemeDescriptor,
): readonly Fault[] {
  const was = shapeOf(configured.signedContent)
  const is = shapeOf(found.signedContent)
  const causes: string[] = []
  const has = ({ items }: Shape, item: string) => items.includes(item)
  const isChanged = (item: string) => has(was, item) !== has(is, item)
  if (found.bodyPart !== configured.bodyPart) causes.push('tmpl.body-digest')
  if (isChanged('{id}')) causes.push('tmpl.id-missing')
  if (isChanged('{timestamp}'))
    causes.push(has(is, '{timestamp}') ? 'tmpl.timestamp-missing' : 'tmpl.timestamp-unsigned')
  if (isChanged('{url}') || found.url !== configured.url) causes.push('tmpl.url')
  if (isChanged('{method}')) causes.push('tmpl.method')
  if (was.words.join() !== is.words.join()) causes.push('tmpl.version')
  if (isReordered(was, is)) causes.push('tmpl.order')
  const hadSeparators = was.items.length > 1 && is.items.length > 1
  if (hadSeparators && was.separators.join('\0') !== is.separators.join('\0')) causes.push('tmpl.separator')
  causes.push(...sourceCauses(found, configured, scheme))
  // Of many differences none tells much: such a template is a stranger's.
  return causes.map((cause) => ({ cause, target: 'template', cost: 1 + (causes.length - 1) / 4 }))
}

const shapes = new Map<string, Shape>()
const maxShapes = 8_192

function shapeOf(signedContent: string): Shape {
  const known = shapes.get(signedContent)
  if (known) return known
  const shape = readShape(signedContent)
  if (shapes.size >= maxShapes) shapes.clear()
  shapes.set(signedContent, shape)
  return shape
}

function readShape(signedContent: string): Shape {
  const items: string[] = []
  const words: string[] = []
  const separators = new Set<string>()
  for (const piece of signedContent.split(/(\{\w+\}|[A-Za-z0-9]+)/)) {
    if (/^\{\w+\}$/.test(piece)) items.push(piece.startsWith('{body') ? '{body}' : piece)
    else if (/^[A-Za-z0-9]+$/.test(piece)) words.push(piece)
    else if (piece !== '') separators.add(piece)
  }
  return { items, words, separators: [...separators].sort() }
}

function isReordered(was: Shape, is: Shape): boolean {
  const common = (from: Shape, other: Shape) => from.items.filter((item) => other.items.includes(item)).join()
  return common(was, is) !== common(is, was)
}

/** The same placeholders, filled from elsewhere. */
function sourceCauses(
  { time, id }: ContentTemplate,
  configured: ContentTemplate,
  { timestamp, deliveryId }: SchemeDescriptor,
): readonly string[] {
  const causes: string[] = []
  if (time && timestamp && configured.signedContent.includes('{timestamp}')) {
    if (placeOf(time.source) !== placeOf(timestamp)) causes.push('tmpl.timestamp-header')
    else if (configured.time && time.text !== configured.time.text) causes.push('tmpl.timestamp-form')
  }
  if (id && deliveryId && configured.signedContent.includes('{id}')) {
    if (placeOf(id.source) !== placeOf(deliveryId)) causes.push('tmpl.id-header')
  }
  return causes
}

function placeOf(source: object): string {
  const { header = '', json = '', key = '' } = source as { header?: string; json?: string; key?: string }
  return [plainName(header), json, key].join('\0')
}

/** PHP, Rack and Django write `HTTP_X_NAME`; case means nothing. */
export function plainName(header: string): string {
  return header
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/^http-/, '')
}
