import type { Capture } from '../captures/capture.js'
import { type ItemKind, type TemplateItem, type TemplateLimits, templateItems } from './template-items.js'
import { bodyParts, listSeparators, type PartOrder, partOrders, type Separators } from './template-shapes.js'
import type { BodyPart, ContentTemplate } from './types.js'

type Items = Readonly<Record<ItemKind, readonly TemplateItem[]>>

/**
 * Every possible signed content of this capture: the body alone, or with times, ids, URLs, the method and version texts
 * before and after it. In groups of equal likelihood, likeliest first; there are millions, so stop at a budget.
 */
export function* templateLevels(
  capture: Capture,
  limits: TemplateLimits = {},
): Generator<Iterable<ContentTemplate>> {
  const items = templateItems(capture, limits)
  const possible = partOrders.filter(({ before, after }) =>
    [...before, ...after].every((kind) => items[kind].length > 0),
  )
  const last = Math.min(limits.maxCost ?? Number.POSITIVE_INFINITY, costliest(possible, items))
  for (let cost = 0; cost <= last; cost++) yield templatesOfCost(cost, possible, items)
}

function costliest(possible: readonly PartOrder[], items: Items): number {
  const dearest = Math.max(...bodyParts.map(({ cost }) => cost))
  const costs = possible.map(({ before, after, cost }) => {
    const kinds = [...before, ...after]
    const separators = Math.max(...listSeparators(kinds.length).map((choice) => choice.cost))
    return kinds.reduce((sum, kind) => sum + (items[kind].at(-1)?.cost ?? 0), cost + separators + dearest)
  })
  return Math.max(...costs)
}

function* templatesOfCost(
  cost: number,
  possible: readonly PartOrder[],
  items: Items,
): Generator<ContentTemplate> {
  for (const order of possible) {
    if (order.cost > cost) continue
    const kinds = [...order.before, ...order.after]
    for (const separators of listSeparators(kinds.length)) {
      for (const { part, cost: ofPart } of bodyParts) {
        const rest = cost - order.cost - separators.cost - ofPart
        if (rest < 0) continue
        for (const chosen of choicesOf(kinds, rest, items)) yield fill(order, separators, part, chosen)
      }
    }
  }
}

/** One value for each kind, with a total cost of exactly `cost`. */
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

/** Writes a separator after each value before the body, and before each value after it. */
function fill(
  { before }: PartOrder,
  { between, end }: Separators,
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
