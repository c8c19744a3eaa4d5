import type { SchemeDescriptor } from '@countersign/core'
import type { Capture } from '../../captures/capture.js'
import { bodyVariants, type FoundBody } from '../../recompute/body-variants/body-variants.js'
import { type FoundKey, keyVariants } from '../../recompute/key-variants.js'
import type { ExplainSecret } from '../explanation.js'
import { algorithmsFor, type FoundAlgorithm } from './algorithms.js'
import type { FoundTemplate } from './found-template.js'
import { rankedTemplates } from './ranked-templates.js'
import { finerTemplates } from './restated-times.js'
import type { Stopwatch } from './stopwatch.js'

/** What is searched with. */
export interface SearchInput {
  readonly scheme: SchemeDescriptor
  readonly secrets: readonly ExplainSecret[]
  /** The body as it came, where that of the capture was in it as gzip. */
  readonly sentBody?: Uint8Array | undefined
}

/** Each of these with each of the others. */
export interface Product {
  readonly bodies: Iterable<FoundBody>
  readonly templates: readonly FoundTemplate[]
  readonly algorithms: readonly FoundAlgorithm[]
  readonly keys: readonly FoundKey[]
}

/** What to try, in groups of as many faults; a product is made when its turn has come. */
export interface SearchPlan {
  readonly phases: readonly (readonly (() => Product)[])[]
  /** The body is too large for some of what is tried. */
  readonly isPartial: boolean
}

/** Of pairs and triples only the nearest templates and the ordinary keys are tried. */
const nearTemplates = 150
const nearestTemplates = { ofSmall: 40, ofLarge: 10 }
const smallBody = 4_096
/** So much is digested thousands of times within a moment. */
const shortBody = 32 * 1024
const ordinaryCost = 1.1
/** Bodies that were made once are kept for what comes after, as far as they fit. */
const maxKeptBytes = 32 * 1024 * 1024

/** As configured; then with one thing different; then two; then what is likely of three. */
export function planSearch(
  capture: Capture,
  { scheme, secrets, sentBody }: SearchInput,
  lengths: ReadonlySet<number>,
  watch: Stopwatch,
): SearchPlan {
  const { own: ownAlgorithms, others: otherAlgorithms } = algorithmsFor(scheme, lengths)
  if (ownAlgorithms.length + otherAlgorithms.length === 0) return { phases: [], isPartial: false }
  const values = secrets.map(({ value }) => value)
  const allKeys = keyVariants(
    values,
    scheme,
    secrets.map(({ id }) => id),
  )
  const keysOf = (steps: number) => allKeys.filter(({ faults }) => faults.length === steps)
  const [ownKeys, otherKeys, rareKeys] = [keysOf(0), keysOf(1), keysOf(2)]
  const ordinaryKeys = otherKeys.filter(({ faults }) => (faults[0]?.cost ?? 0) <= ordinaryCost)
  const templates = rankedTemplates(scheme, capture)
  const isSmall = capture.body.length <= smallBody
  const isShort = capture.body.length <= shortBody
  const near = () => ({ templates: templates.others().slice(0, nearTemplates) })
  const nearest = () => ({
    templates: templates.others().slice(0, isSmall ? nearestTemplates.ofSmall : nearestTemplates.ofLarge),
  })
  const bodies = bodyVariants(capture, {
    formField: scheme.formJsonField,
    sentBody,
    isOver: () => watch.isOver(capture.body.length),
  })
  const kept: FoundBody[] = []

  const own = { templates: templates.own, algorithms: ownAlgorithms, keys: ownKeys }
  const body = (steps: 0 | 3) => ({ bodies: bodies.ofSteps(steps) })
  const made = (steps: 1 | 2) => ({ bodies: keep(bodies.ofSteps(steps)) })
  const again = (steps: 1 | 2) => ({ bodies: kept.filter((variant) => variant.steps === steps) })
  const phases = [
    [() => ({ ...own, ...body(0) })],
    [
      () => ({ ...own, ...body(0), keys: otherKeys }),
      () => ({ ...own, ...body(0), algorithms: otherAlgorithms }),
      () => ({ ...own, ...made(1) }),
      () => ({ ...own, ...body(0), templates: templates.others() }),
      () => ({ ...own, ...body(0), templates: isShort ? finerTemplates(scheme, capture) : [] }),
    ],
    [
      () => ({ ...own, ...body(0), keys: rareKeys }),
      () => ({ ...own, ...again(1), keys: otherKeys }),
      () => ({ ...own, ...body(0), ...near(), keys: otherKeys }),
      () => ({ ...own, ...body(0), algorithms: otherAlgorithms, keys: otherKeys }),
      () => ({ ...own, ...again(1), algorithms: otherAlgorithms }),
      () => ({ ...own, ...body(0), ...near(), algorithms: otherAlgorithms }),
      () => ({ ...own, ...made(2) }),
      () => ({ ...own, ...again(1), ...near() }),
    ],
    [
      () => ({ ...own, ...again(2), keys: ordinaryKeys }),
      () => ({ ...own, ...again(1), ...nearest(), keys: ordinaryKeys }),
      () => ({ ...own, ...again(1), algorithms: otherAlgorithms, keys: ordinaryKeys }),
      () => ({ ...own, ...again(2), algorithms: otherAlgorithms }),
      () => ({ ...own, ...again(2), ...nearest() }),
      () => ({ ...own, ...body(3) }),
    ],
  ]
  const isPartial = bodies.isPartial || (!isShort && templates.own.some(({ template }) => template.time))
  return { phases, isPartial }

  function* keep(list: Iterable<FoundBody>): Generator<FoundBody> {
    let size = kept.reduce((sum, { bytes }) => sum + bytes.length, 0)
    for (const variant of list) {
      size += variant.bytes.length
      if (size <= maxKeptBytes) kept.push(variant)
      yield variant
    }
  }
}
