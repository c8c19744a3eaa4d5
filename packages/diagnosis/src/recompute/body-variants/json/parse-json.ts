/** A JSON value with every number and string as it was written. */
export type JsonNode =
  | (Span & { readonly type: 'object'; readonly members: readonly JsonMember[] })
  | (Span & { readonly type: 'array'; readonly items: readonly JsonNode[] })
  /** `raw` has a string's quotes. */
  | { readonly type: 'string' | 'other'; readonly raw: string }

/** Where a container stands in the text it was read from. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A name of an object, with its quotes, and its value. */
export interface JsonMember {
  readonly name: string
  readonly value: JsonNode
}

/** A JSON text taken apart without loss: what is not in the nodes is white space. */
export interface JsonText {
  readonly root: JsonNode
  /** White space before and after the value. */
  readonly before: string
  readonly after: string
  /** Where there is white space within the value. */
  readonly hasInnerSpace: boolean
}

const maxDepth = 200
const space = /[ \t\r\n]*/y
/** Control characters in strings are taken too: somebody who interpreted escapes has left them. */
const string = /"[^"\\]*(?:\\.[^"\\]*)*"/sy
const other = /[-+.\w]+/y

/** @returns undefined for what is no object or array, or breaks off */
export function parseJson(text: string): JsonText | undefined {
  let at = 0
  let hasInnerSpace = false
  const before = match(space) ?? ''
  const root = text[at] === '{' || text[at] === '[' ? parseValue(0) : undefined
  if (!root) return undefined
  const after = match(space) ?? ''
  return at === text.length ? { root, before, after, hasInnerSpace } : undefined

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }

  function skipSpace(): void {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && (code > 0x0d || code < 0x09)) return
    if (match(space)) hasInnerSpace = true
  }

  function parseValue(depth: number): JsonNode | undefined {
    if (depth > maxDepth) return undefined
    switch (text[at]) {
      case '{':
        return parseObject(depth)
      case '[':
        return parseArray(depth)
      case '"': {
        const raw = match(string)
        return raw === undefined ? undefined : { type: 'string', raw }
      }
      default: {
        const raw = match(other)
        return raw === undefined ? undefined : { type: 'other', raw }
      }
    }
  }

  function parseObject(depth: number): JsonNode | undefined {
    const start = at
    const members: JsonMember[] = []
    const isWhole = parseMembers('}', () => {
      const name = match(string)
      skipSpace()
      if (name === undefined || text[at++] !== ':') return false
      skipSpace()
      const value = parseValue(depth + 1)
      if (value) members.push({ name, value })
      return value !== undefined
    })
    return isWhole ? { type: 'object', members, start, end: at } : undefined
  }

  function parseArray(depth: number): JsonNode | undefined {
    const start = at
    const items: JsonNode[] = []
    const isWhole = parseMembers(']', () => {
      const value = parseValue(depth + 1)
      if (value) items.push(value)
      return value !== undefined
    })
    return isWhole ? { type: 'array', items, start, end: at } : undefined
  }

  function parseMembers(end: string, parseMember: () => boolean): boolean {
    at++
    skipSpace()
    if (text[at] === end) {
      at++
      return true
    }
    for (;;) {
      if (!parseMember()) return false
      skipSpace()
      const character = text[at++]
      if (character === end) return true
      if (character !== ',') return false
      skipSpace()
    }
  }
}
