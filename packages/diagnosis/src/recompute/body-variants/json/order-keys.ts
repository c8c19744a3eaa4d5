import { stringValue } from './escape-profiles.js'
import type { JsonMember, JsonNode } from './parse-json.js'

/** By UTF-16 code units, as `Array.prototype.sort` and RFC 8785 do. */
export function sortDeep(node: JsonNode): JsonNode {
  return orderWith(node, byCodeUnits, true)
}

/** By code points, as Python, Go and all that compare UTF-8 do. */
export function sortDeepByCodePoints(node: JsonNode): JsonNode {
  return orderWith(node, byCodePoints, true)
}

/** The outermost object alone, as PHP's `ksort` does. */
export function sortOutermost(node: JsonNode): JsonNode {
  return orderWith(node, byCodeUnits, false)
}

type Compare = (a: string, b: string) => number

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function byCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'))
}

function orderWith(node: JsonNode, compare: Compare, isDeep: boolean): JsonNode {
  if (node.type === 'array') {
    return isDeep ? { ...node, items: node.items.map((item) => orderWith(item, compare, isDeep)) } : node
  }
  if (node.type !== 'object') return node
  const named = node.members.map((member) => ({ member, name: stringValue(member.name) ?? member.name }))
  const sorted = named.sort((a, b) => compare(a.name, b.name))
  const members = sorted.map(
    ({ member }): JsonMember =>
      isDeep ? { name: member.name, value: orderWith(member.value, compare, isDeep) } : member,
  )
  return { ...node, members }
}
