import type { Fault } from '../../types.js'
import { escapeChanges } from './escape-changes.js'
import { type ProfileName, profileNames } from './escape-profiles.js'
import { escapedForms } from './escaped-forms.js'
import { type LayoutName, layouts } from './layouts.js'
import { sortDeep, sortDeepByCodePoints, sortOutermost } from './order-keys.js'
import type { JsonNode, JsonText } from './parse-json.js'
import { type NumberWriter, numberWriters } from './rewrite-numbers.js'
import { writeJson } from './write-json.js'

/** One way to write one aspect of a JSON text otherwise. */
export interface Aspect<TWriter> {
  readonly writer: TWriter
  readonly faults: readonly Fault[]
}

/** What can be written otherwise, each without the ways that make no difference to this text. */
export interface JsonAspects {
  readonly escapes: readonly (Aspect<(raw: string) => string> & { readonly profile: ProfileName })[]
  readonly trees: readonly Aspect<JsonNode>[]
  readonly numbers: readonly Aspect<NumberWriter>[]
  /** The layout that the text has; undefined where it is none of those known. */
  readonly layout: LayoutName | undefined
}

/** The cause of what a sorting writer does. */
export const sortingCause = 'body.json-keys-reordered'

const asItIs = { string: (raw: string) => raw, other: (raw: string) => raw }

/** @param isOver once it says so, no further way is looked for: each takes as long as the text is */
export function aspectsOf(json: JsonText, text: string, isOver: () => boolean): JsonAspects {
  const inner = text.trim()
  const compact = writeJson(json.root, layouts.compact, asItIs)
  /** Undefined where it makes no difference. */
  const unlessSame = (write: () => string) => {
    const written = isOver() ? compact : write()
    return written === compact ? undefined : written
  }
  const numbers = numberWriters.map((writer, index) => ({
    writer,
    faults: [fault('body.json-number-normalised', 1 + index / 10)],
  }))
  const spaced = json.hasInnerSpace ? (Object.keys(layouts) as LayoutName[]) : []
  return {
    escapes: escapesOf(json.root),
    trees: distinctBy(isOver() ? [] : treesOf(json.root), ({ writer }) =>
      unlessSame(() => writeJson(writer, layouts.compact, asItIs)),
    ),
    numbers: distinctBy(numbers, ({ writer }) =>
      unlessSame(() => writeJson(json.root, layouts.compact, { ...asItIs, other: writer })),
    ),
    layout:
      compact === inner
        ? 'compact'
        : spaced.find((name) => !isOver() && writeJson(json.root, layouts[name], asItIs) === inner),
  }
}

function escapesOf(root: JsonNode): JsonAspects['escapes'] {
  const forms = [...new Set(stringsIn(root))]
    .map((raw) => [raw, escapedForms(raw)] as const)
    .filter(([, escaped]) => escaped.length > 0)
  const all = profileNames.map((profile, index) => {
    const written = new Map(forms.map(([raw, escaped]) => [raw, escaped[index] ?? raw]))
    return { profile, written, index }
  })
  const telling = distinctBy(all, ({ written }) => {
    const changed = [...written].filter(([raw, escaped]) => escaped !== raw)
    return changed.length === 0 ? undefined : changed.join()
  })
  return telling.map(({ profile, written, index }) => ({
    profile,
    writer: (raw) => written.get(raw) ?? raw,
    faults: escapeChanges(written).map((cause) => fault(cause, 1 + index / 100)),
  }))
}

function* stringsIn(node: JsonNode): Generator<string> {
  if (node.type === 'string') yield node.raw
  if (node.type === 'array') for (const item of node.items) yield* stringsIn(item)
  if (node.type !== 'object') return
  for (const { name, value } of node.members) {
    yield name
    yield* stringsIn(value)
  }
}

function treesOf(root: JsonNode): readonly Aspect<JsonNode>[] {
  const sorted = [fault(sortingCause, 1)]
  const emptied = [fault('body.json-empty-container', 1.1)]
  return [
    { writer: sortDeep(root), faults: sorted },
    { writer: sortDeepByCodePoints(root), faults: sorted },
    { writer: sortOutermost(root), faults: sorted },
    { writer: withEmpty(root, 'object'), faults: emptied },
    { writer: withEmpty(root, 'array'), faults: emptied },
  ]
}

const noSpan = { start: 0, end: 0 }

/** PHP's arrays are lists and maps alike, so that an empty one may have been either. */
function withEmpty(node: JsonNode, type: 'object' | 'array'): JsonNode {
  if (node.type === 'object' ? node.members.length === 0 : node.type === 'array' && node.items.length === 0)
    return type === 'object' ? { ...noSpan, type, members: [] } : { ...noSpan, type, items: [] }
  if (node.type === 'array') return { ...node, items: node.items.map((item) => withEmpty(item, type)) }
  if (node.type !== 'object') return node
  return {
    ...node,
    members: node.members.map(({ name, value }) => ({ name, value: withEmpty(value, type) })),
  }
}

/** The first of each; none for which there is no name. */
function distinctBy<TItem>(items: readonly TItem[], nameOf: (item: TItem) => string | undefined) {
  const known = new Set<string>()
  return items.filter((item) => {
    const name = nameOf(item)
    if (name === undefined || known.has(name)) return false
    known.add(name)
    return true
  })
}

function fault(cause: string, cost: number): Fault {
  return { cause, target: 'body', cost }
}
