import type { Layout } from './layouts.js'
import type { JsonMember, JsonNode } from './parse-json.js'

/** How the single tokens of a JSON text are written. */
export interface TokenWriters {
  readonly string: (raw: string) => string
  /** Numbers and the words `true`, `false`, `null`; with the name of the member they stand in. */
  readonly other: (raw: string, name: string | undefined) => string
}

/** Writes a value in a layout. */
export function writeJson(root: JsonNode, layout: Layout, write: TokenWriters): string {
  const { comma, colon, indent } = layout
  let text = ''
  writeValue(root, '\n', undefined)
  return text

  function writeValue(node: JsonNode, line: string, name: string | undefined): void {
    if (node.type === 'string') text += write.string(node.raw)
    else if (node.type === 'other') text += write.other(node.raw, name)
    else if (node.type === 'object') writeObject(node.members, line)
    else if (node.type === 'array') writeArray(node.items, line, name)
  }

  function writeObject(members: readonly JsonMember[], line: string): void {
    if (members.length === 0) {
      text += (layout.emptyObject ?? '{}').replace('\n$', line)
      return
    }
    const inner = indent === undefined ? '' : line + indent
    text += '{'
    members.forEach((member, index) => {
      text += (index === 0 ? '' : comma) + inner + write.string(member.name) + colon
      writeValue(member.value, inner, member.name)
    })
    text += indent === undefined ? '}' : `${line}}`
  }

  function writeArray(items: readonly JsonNode[], line: string, name: string | undefined): void {
    if (items.length === 0) {
      text += (layout.emptyArray ?? '[]').replace('\n$', line)
      return
    }
    const isOneLine = indent === undefined || layout.inlineArrays
    const inner = isOneLine ? '' : line + indent
    text += layout.inlineArrays ? '[ ' : '['
    items.forEach((item, index) => {
      text += (index === 0 ? '' : layout.inlineArrays ? ', ' : comma) + inner
      writeValue(item, isOneLine ? line : inner, name)
    })
    text += layout.inlineArrays ? ' ]' : isOneLine ? ']' : `${line}]`
  }
}
