import type { PairsForm } from '@countersign/core'

/** A piece of a header's value that may be an encoded signature, and what stands around it. */
export interface HeaderPiece {
  readonly text: string
  readonly prefix: string
  readonly list: { readonly separator: string } | undefined
  readonly pairs: PairsForm | undefined
  readonly hasBlanks: boolean
  readonly hasQuotes: boolean
  /** The smaller, the likelier. */
  readonly rank: number
}

const separators = [',', ' ', ';', '&', '|'] as const
/** What a value ends with that is not its own: of quoted strings, and of RFC 8941's byte sequences. */
const quotes = /^(["':])(.*)\1$/s
const pair = /^([A-Za-z][\w.-]{0,39})( *)=( *)(.*)$/s
/** Behind any of these a signature may begin. `v1_` and the like run on in base64url's alphabet. */
const prefixEnds = /[=,: ]|^[A-Za-z]{0,6}\d{0,3}[-_.]/g

/** All the ways to take a header's value apart. */
export function splitValue(value: string): readonly HeaderPiece[] {
  const inner = unquote(value.trim())
  if (inner.hasQuotes && /[=, ]/.test(inner.text))
    return splitValue(inner.text).map((piece) => ({ ...piece, hasQuotes: true }))
  const used = separators.filter((separator) => value.includes(separator))
  return [
    ...prefixedPieces(value, undefined),
    ...used.flatMap((separator) => splitBy(separator, value)),
    ...(used.includes(',') ? [] : pairPieces([value], ',')),
    ...groupPieces(value),
    // A prefix with a comma in it is read only as a list's, whose members are separated by something else.
    ...(used.length === 1 && used[0] === ',' ? prefixedPieces(value, ' ') : []),
  ].sort((a, b) => a.rank - b.rank)
}

function splitBy(separator: string, value: string): readonly HeaderPiece[] {
  const parts = value.split(separator)
  return [
    ...pairPieces(parts, separator),
    ...valuePieces(parts, separator),
    ...parts.flatMap((part) => prefixedPieces(part, separator, parts)),
  ]
}

/** Groups of pairs with blanks between them, as `t=1,v1=a t=1,v1=b`. */
function groupPieces(value: string): readonly HeaderPiece[] {
  const groups = value.split(' ').map((group) => group.split(','))
  const areGroups = groups.length > 1 && groups.every((parts) => parts.length > 1 && parts.every(isPair))
  if (!areGroups) return []
  return groups.flatMap((parts) =>
    pairPieces(parts, ',').map((piece) => ({
      ...piece,
      pairs: piece.pairs && { ...piece.pairs, groups: { separator: ' ' } },
    })),
  )
}

/** Values without a name behind a pair, as `t=1,v0=a,b`: they are that pair's. */
function valuePieces(parts: readonly string[], separator: string): readonly HeaderPiece[] {
  let key: string | undefined
  return parts.flatMap((part): HeaderPiece[] => {
    const [, name] = pair.exec(part) ?? []
    if (name !== undefined) key = name
    if (name !== undefined || key === undefined || !/^[\w+/-]+$/.test(part)) return []
    const pairs = { separator, key, values: { separator } }
    return [{ text: part, prefix: '', list: undefined, pairs, hasBlanks: false, hasQuotes: false, rank: 2 }]
  })
}

function isPair(part: string): boolean {
  return pair.test(part) && !part.includes(' ')
}

function pairPieces(parts: readonly string[], separator: string): readonly HeaderPiece[] {
  // `t=1, v1=2` is separated by commas; the blanks behind them separate nothing.
  const isWhole = parts.length > 1 && parts.every((part) => pair.test(part.trim()) && !/[,;&|]$/.test(part))
  return parts.flatMap((part): HeaderPiece[] => {
    const [, key, before, after, quoted = ''] = pair.exec(part.trim()) ?? []
    if (key === undefined) return []
    const { text, hasQuotes } = unquote(quoted)
    const hasBlanks = part !== part.trim() || Boolean(before) || Boolean(after)
    const rank = isWhole ? 0 : parts.length === 1 ? 3 : 4
    return [{ text, prefix: '', list: undefined, pairs: { separator, key }, hasBlanks, hasQuotes, rank }]
  })
}

function prefixedPieces(
  part: string,
  separator: string | undefined,
  parts: readonly string[] = [part],
): readonly HeaderPiece[] {
  const trimmed = part.trim()
  const ends = [0, ...[...trimmed.matchAll(prefixEnds)].map((match) => match.index + match[0].length)]
  return ends.flatMap((end): HeaderPiece[] => {
    const prefix = trimmed.slice(0, end)
    const rest = trimmed.slice(end)
    const { text, hasQuotes } = unquote(rest.trim())
    if (text === '' || /[\s,;&|]/.test(text)) return []
    const hasBlanks = part !== trimmed || rest !== rest.trim()
    const list = separator === undefined ? undefined : { separator }
    const rank = rankOf(prefix, separator, parts) + Number(hasBlanks)
    return [{ text, prefix, list, pairs: undefined, hasBlanks, hasQuotes, rank }]
  })
}

/** Of a list, the members begin alike. A prefix that holds what separates is rather a part of its own. */
function rankOf(prefix: string, separator: string | undefined, members: readonly string[]): number {
  if (separator === ' ' && /^v\d{1,2}\w?,$/.test(prefix)) return 0
  const alike = prefix === '' ? 0 : members.filter((member) => member.trim().startsWith(prefix)).length
  const form = separator === undefined || alike > 1 ? 0 : 3
  return form + (prefix === '' ? 0 : 1) + (/[,;&|]|=.+=| ./.test(prefix) ? 4 : 0)
}

function unquote(text: string): { readonly text: string; readonly hasQuotes: boolean } {
  const inner = quotes.exec(text)?.[2]
  return inner === undefined ? { text, hasQuotes: false } : { text: inner, hasQuotes: true }
}
