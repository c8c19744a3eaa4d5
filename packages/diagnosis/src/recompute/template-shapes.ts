import type { ItemKind } from './template-items.js'
import type { BodyPart } from './types.js'

/** The kinds of values before and after the body in a signed content, in order. */
export interface PartOrder {
  readonly before: readonly ItemKind[]
  readonly after: readonly ItemKind[]
  /** Smaller is likelier. */
  readonly cost: number
}

/** The separators between the values and the body, and at the end. */
export interface Separators {
  readonly between: readonly string[]
  readonly end: string
  readonly cost: number
}

/** The forms of the body in a signed content, the body itself first. */
export const bodyParts: readonly { readonly part: BodyPart; readonly cost: number }[] = [
  { part: 'body', cost: 0 },
  { part: 'bodySha256Hex', cost: 1 },
  { part: 'bodySha256Base64', cost: 2 },
]

const canonical: readonly ItemKind[] = ['version', 'method', 'url', 'id', 'time']

/** Sets of values that senders are known to sign; other sets cost their number of members. */
const usualSets: Readonly<Record<string, number>> = {
  '': 0,
  time: 0,
  'id time': 1,
  id: 1,
  url: 1,
  'version time': 1,
  'method url time': 1,
  'url time': 2,
  'method url': 2,
  'version id time': 2,
  'method url id time': 3,
}

/** Every set of kinds in every order, with the body in every position. */
export const partOrders: readonly PartOrder[] = subsetsOf(canonical).flatMap((set) => {
  const ofSet = usualSets[set.join(' ')] ?? set.length
  return ordersOf(set).flatMap((order) =>
    Array.from({ length: order.length + 1 }, (_, place) => ({
      before: order.slice(0, place),
      after: order.slice(place),
      cost: ofSet + costOfOrder(order) + costOfPlace(place, order.length),
    })),
  )
})

function subsetsOf(kinds: readonly ItemKind[]): readonly (readonly ItemKind[])[] {
  return kinds.reduceRight<readonly (readonly ItemKind[])[]>(
    (sets, kind) => sets.concat(sets.map((set) => [kind, ...set])),
    [[]],
  )
}

function ordersOf(kinds: readonly ItemKind[]): readonly (readonly ItemKind[])[] {
  if (kinds.length === 0) return [[]]
  return kinds.flatMap((first) =>
    ordersOf(kinds.filter((kind) => kind !== first)).map((rest) => [first, ...rest]),
  )
}

/** Counts pairs in an unusual order; time and id have no usual order. */
function costOfOrder(order: readonly ItemKind[]): number {
  let turned = 0
  for (const [index, kind] of order.entries()) {
    for (const later of order.slice(index + 1)) {
      if (canonical.indexOf(later) < canonical.indexOf(kind))
        turned += kind === 'time' && later === 'id' ? 0 : 2
    }
  }
  return turned
}

/** Most senders put the body last, some first; HubSpot puts the time after it. */
function costOfPlace(place: number, count: number): number {
  return place === count ? 0 : 1
}

const knownSeparators: readonly (readonly [text: string, cost: number])[] = [
  ['.', 0],
  ['', 0],
  [':', 0],
  ['\n', 1],
  ['|', 1],
  ['-', 2],
  [',', 2],
  [';', 2],
  ['&', 2],
  ['/', 2],
  ['_', 2],
  [' ', 2],
]
const costOfMixing = 3
const costOfEnd = 3

/** The ways to join this many values and the body: one separator, then a mix, then one separator that also ends the content. */
export function listSeparators(values: number): readonly Separators[] {
  const known = separatorsByCount.get(values)
  if (known) return known
  const uniform = knownSeparators.map(([text, cost]) => ({
    between: Array(values).fill(text),
    end: '',
    cost,
  }))
  const separators = values === 0 ? [{ between: [], end: '', cost: 0 }] : uniform
  const all = [
    ...separators,
    ...mixedSeparators(values),
    ...separators.map(withEnd).filter(({ end }) => end !== ''),
  ]
  separatorsByCount.set(values, all)
  return all
}

const separatorsByCount = new Map<number, readonly Separators[]>()

/** The number of mixes grows too fast to try all of them for many values. */
function mixedSeparators(values: number): readonly Separators[] {
  if (values < 2 || values > 4) return []
  const usable = values === 2 ? knownSeparators : knownSeparators.slice(0, values === 3 ? 5 : 4)
  let mixtures: readonly Separators[] = [{ between: [], end: '', cost: costOfMixing }]
  for (let index = 0; index < values; index++) {
    mixtures = mixtures.flatMap((separators) =>
      usable.map(([text, cost]) => ({
        ...separators,
        between: [...separators.between, text],
        cost: separators.cost + cost,
      })),
    )
  }
  return mixtures.filter(({ between }) => new Set(between).size > 1)
}

/** Canonical requests often end every line with a separator, including the last. */
function withEnd(separators: Separators): Separators {
  const [first = '\n'] = separators.between
  return { ...separators, end: first, cost: separators.cost + costOfEnd }
}
