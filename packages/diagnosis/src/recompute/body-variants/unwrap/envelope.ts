import { stringValue } from '../json/escape-profiles.js'
import { type JsonNode, parseJson } from '../json/parse-json.js'
import { bytesOf, megabyte, textOf, type Undo, type Undone } from '../undo.js'

/** What platforms and forwarders call the body within what they make of a request. */
const bodyNames =
  /^"(raw_?body|body|message|payload|data|event|content|detail|request|msg|text|raw|value|post_?data|request_?body|data_base64|body_?base64|body_?raw)"$/i
/** Deeper and more numerous fields are the payload's own. */
const maxDepth = 4
const maxFields = 48

/** The body as one field of what a queue, a function's platform or a forwarder wraps it in. */
export const envelope: Undo = {
  dimension: 'container',
  maxBytes: 4 * megabyte,
  *undo(bytes) {
    const text = textOf(bytes)
    const json = text === undefined ? undefined : parseJson(text)
    if (!json || text === undefined) return
    const [only, ...others] = json.root.type === 'object' ? json.root.members : []
    // A form parser that was given JSON takes it for a name without a value.
    const name = only && others.length === 0 ? stringValue(only.name) : undefined
    if (name !== undefined && /^\s*[[{]/.test(name))
      yield { bytes: bytesOf(name), cause: 'body.form-parsed', cost: 1 }
    const fields = fieldsOf(json.root, undefined, 0)
    const ranked = [...fields].sort((a, b) => a.rank - b.rank).slice(0, maxFields)
    for (const field of ranked) yield* contentsOf(field, text)
    yield { bytes: bytesOf(`[${text}]`), cause: 'body.list-unwrapped', cost: 1.4 }
  },
}

interface Field {
  readonly node: JsonNode
  readonly isNamed: boolean
  readonly rank: number
}

function* fieldsOf(node: JsonNode, name: string | undefined, depth: number): Generator<Field> {
  const isNamed = name !== undefined && bodyNames.test(name)
  if (depth > 0 && node.type !== 'other') yield { node, isNamed, rank: depth + (isNamed ? 0 : 10) }
  if (depth >= maxDepth) return
  if (node.type === 'array') for (const item of node.items.slice(0, 4)) yield* fieldsOf(item, name, depth + 1)
  if (node.type === 'object')
    for (const member of node.members) yield* fieldsOf(member.value, member.name, depth + 1)
}

function* contentsOf({ node, isNamed, rank }: Field, text: string): Generator<Undone> {
  const cause = 'body.envelope'
  const cost = 1 + rank / 50
  if (node.type === 'object' || node.type === 'array') {
    const inner = text.slice(node.start, node.end)
    if (inner.length > 2) yield { bytes: bytesOf(inner), cause, cost: cost + 0.1 }
    return
  }
  const value = node.type === 'string' ? stringValue(node.raw) : undefined
  if (value === undefined || value.length < 2) return
  // A field that holds no message of its own is no envelope, however it is called.
  if (isNamed || /^\s*[[{<]/.test(value)) yield { bytes: bytesOf(value), cause, cost }
  if (value.length < 8 || !/^[\w+/-]+={0,2}$/.test(value)) return
  const decoded = Buffer.from(value, 'base64')
  const isGzip = decoded[0] === 0x1f && decoded[1] === 0x8b
  if (isNamed || isGzip || /^\s*[[{<]/.test(decoded.toString('latin1', 0, 8)))
    yield { bytes: decoded, cause, cost: cost + 0.1 }
}
