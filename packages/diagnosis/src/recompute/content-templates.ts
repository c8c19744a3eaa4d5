import type { Capture } from '../captures/capture.js'
import { type ItemKind, type TemplateItem, type TemplateLimits, templateItems } from './template-items.js'
import { type Arrangement, arrangements, bodyParts, type Joints, jointsFor } from './template-shapes.js'
import type { BodyPart, ContentTemplate } from './types.js'

type Items = Readonly<Record<ItemKind, readonly TemplateItem[]>>

/**
 * Every signed content that this capture could have: the body alone, or with times, ids, URLs, the method and version
 * texts before and after it. In groups that are equally likely, likeliest first; there are millions, so stop at a budget.
 */
export function* templateLevels(
  capture: Capture,
  limits: TemplateLimits = {},
): Generator<Iterable<ContentTemplate>> {
  const items = templateItems(capture, limits)
  const possible = arrangements.filter(({ before, after }) =>
    [...before, ...after].every((kind) => items[kind].length > 0),
  )
  const last = Math.min(limits.maxCost ?? Number.POSITIVE_INFINITY, costliest(possible, items))
  for (let cost = 0; cost <= last; cost++) yield templatesOfCost(cost, possible, items)
}

function costliest(possible: readonly Arrangement[], items: Items): number {
  const dearest = Math.max(...bodyParts.map(({ cost }) => cost))
  const costs = possible.map(({ before, after, cost }) => {
    const kinds = [...before, ...after]
    const joints = Math.max(...jointsFor(kinds.length).map((joint) => joint.cost))
    return kinds.reduce((sum, kind) => sum + (items[kind].at(-1)?.cost ?? 0), cost + joints + dearest)
  })
  return Math.max(...costs)
}

function* templatesOfCost(
  cost: number,
  possible: readonly Arrangement[],
  items: Items,
): Generator<ContentTemplate> {
  for (const arrangement of possible) {
    if (arrangement.cost > cost) continue
    const kinds = [...arrangement.before, ...arrangement.after]
    for (const joints of jointsFor(kinds.length)) {
      for (const { part, cost: ofPart } of bodyParts) {
        const rest = cost - arrangement.cost - joints.cost - ofPart
        if (rest < 0) continue
        for (const chosen of choicesOf(kinds, rest, items)) yield fill(arrangement, joints, part, chosen)
      }
    }
  }
}

/** One value for each kind, so that their costs make up exactly this one. */
function* choicesOf(
  kinds: readonly ItemKind[],
  cost: number,
  items: Items,
  from = 0,
): Generator<readonly TemplateItem[]> {
  const kind = kinds[from]
  if (kind === undefined) {
    if (cost === 0) yield []
    return
  }
  for (const item of items[kind]) {
    if (item.cost > cost) continue
    for (const others of choicesOf(kinds, cost - item.cost, items, from + 1)) yield [item, ...others]
  }
}

/** A separator stands behind each value that comes before the body, and in front of each that comes after it. */
function fill(
  { before }: Arrangement,
  { between, end }: Joints,
  bodyPart: BodyPart,
  chosen: readonly TemplateItem[],
): ContentTemplate {
  const count = before.length
  const join = (write: (item: TemplateItem) => string) => [
    chosen.slice(0, count).reduce((text, item, index) => text + write(item) + between[index], ''),
    chosen.slice(count).reduce((text, item, index) => text + between[count + index] + write(item), '') + end,
  ]
  const [head = '', tail = ''] = join(({ notation }) => notation)
  const [headBytes = '', tailBytes = ''] = join(({ bytes }) => bytes)
  return {
    signedContent: `${head}{${bodyPart}}${tail}`,
    before: Buffer.from(headBytes, 'latin1'),
    bodyPart,
    after: Buffer.from(tailBytes, 'latin1'),
    time: chosen.find(({ time }) => time)?.time,
    id: chosen.find(({ id }) => id)?.id,
    url: chosen.find(({ url }) => url !== undefined)?.url,
  }
}
