import type { ItemKind } from './template-items.js'
import type { BodyPart } from './types.js'

/** The kinds of values in a signed content, in their order. */
export interface Arrangement {
  readonly before: readonly ItemKind[]
  readonly after: readonly ItemKind[]
  /** The smaller, the likelier. */
  readonly cost: number
}

/** What stands between the values, and behind the last. */
export interface Joints {
  readonly between: readonly string[]
  readonly end: string
  readonly cost: number
}

/** How the body stands there, the body itself first. */
export const bodyParts: readonly { readonly part: BodyPart; readonly cost: number }[] = [
  { part: 'body', cost: 0 },
  { part: 'bodySha256Hex', cost: 1 },
  { part: 'bodySha256Base64', cost: 2 },
]

const canonical: readonly ItemKind[] = ['version', 'method', 'url', 'id', 'time']

/** Sets of values that senders are known to sign; others cost as much as they have members. */
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

/** Every set of kinds in every order, with the body at every place. */
export const arrangements: readonly Arrangement[] = subsetsOf(canonical).flatMap((set) => {
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

/** Pairs that stand the other way round than usual; time and id have no usual order. */
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

/** Most senders put the body last, some first; HubSpot's time comes after it. */
function costOfPlace(place: number, count: number): number {
  return place === count ? 0 : 1
}

const separators: readonly (readonly [text: string, cost: number])[] = [
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

/** The ways to join this many values and the body: one separator throughout, then different ones, then one at the end too. */
export function jointsFor(values: number): readonly Joints[] {
  const known = jointsOfCount.get(values)
  if (known) return known
  const uniform = separators.map(([text, cost]) => ({ between: Array(values).fill(text), end: '', cost }))
  const joints = values === 0 ? [{ between: [], end: '', cost: 0 }] : uniform
  const all = [...joints, ...mixedJoints(values), ...joints.map(withEnd).filter(({ end }) => end !== '')]
  jointsOfCount.set(values, all)
  return all
}

const jointsOfCount = new Map<number, readonly Joints[]>()

/** The number of mixtures grows too fast to try all of them for many values. */
function mixedJoints(values: number): readonly Joints[] {
  if (values < 2 || values > 4) return []
  const usable = values === 2 ? separators : separators.slice(0, values === 3 ? 5 : 4)
  let mixtures: readonly Joints[] = [{ between: [], end: '', cost: costOfMixing }]
  for (let index = 0; index < values; index++) {
    mixtures = mixtures.flatMap((joints) =>
      usable.map(([text, cost]) => ({
        ...joints,
        between: [...joints.between, text],
        cost: joints.cost + cost,
      })),
    )
  }
  return mixtures.filter(({ between }) => new Set(between).size > 1)
}

/** Canonical requests often end each of their lines. */
function withEnd(joints: Joints): Joints {
  const [first = '\n'] = joints.between
  return { ...joints, end: first, cost: joints.cost + costOfEnd }
}
