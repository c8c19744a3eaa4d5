import { createHash } from 'node:crypto'
import type { Capture } from '../../captures/capture.js'
import type { BodyVariant, Fault } from '../types.js'
import { ascii } from './ascii.js'
import { type BodyChange, createContext, decodeText, encodeText, megabyte } from './body-change.js'
import { byteOrderMark, charset } from './charset.js'
import { edges } from './edges.js'
import { jsonVariants } from './json/json-variants.js'
import { lineEnds } from './line-ends.js'
import { compression } from './unwrap/compression.js'
import { encodings, textEscapes } from './unwrap/encodings.js'
import { envelope } from './unwrap/envelope.js'
import { form } from './unwrap/form.js'
import { framing } from './unwrap/framing.js'
import { quoting } from './unwrap/quoting.js'
import { stringifiedBytes } from './unwrap/stringified-bytes.js'

/** A variant of a body, and the faults that explain it. */
export interface FoundBody extends BodyVariant {
  /** The number of changes. Everything one JSON serializer does counts as one change, which may have several faults. */
  readonly steps: number
  readonly cost: number
}

/** Cheap changes first: for a large body there is only time for these. */
const bodyChanges: readonly BodyChange[] = [
  edges,
  byteOrderMark,
  lineEnds,
  framing,
  compression,
  stringifiedBytes,
  quoting,
  envelope,
  encodings,
  form,
  textEscapes,
  ascii,
  charset,
]
/** Changes that can follow JSON serialization. */
const afterJson: readonly BodyChange[] = [edges, byteOrderMark, lineEnds, quoting, form]

const maxJsonBytes = megabyte
/** The highest cost of a pair: two rare changes at once are not tried. */
const maxPairCost = 2.45
const maxRewrittenCost = 2.2

/** Changes that can happen twice in a row: a queue behind a gateway, two libraries that both encode. */
const repeatable: ReadonlySet<string> = new Set([
  'body.envelope',
  'body.json-string-literal',
  'body.base64-encoded',
  'body.buffer-json',
  'body.url-encoded',
  'body.html-escaped',
  'body.latin1-decoded',
])

/** The variants of a body by number of changes. Equal bytes are repeated only with a lower cost. */
export interface BodyVariants {
  /** The variants with this number of changes. Call it with ascending numbers. */
  readonly ofSteps: (steps: number) => Iterable<FoundBody>
  /** Whether the body was too large for some changes. */
  readonly isPartial: boolean
}

/**
 * Generates what a body may have been before one or more changes.
 *
 * @param options.formField the form field with the JSON, according to the scheme
 * @param options.sentBody the body as received, if the capture's body was decompressed from it
 * @param options.isOver called between longer steps; returns true to stop
 */
export function bodyVariants(
  capture: Capture,
  {
    formField,
    sentBody,
    isOver,
  }: {
    readonly formField?: string | undefined
    readonly sentBody?: Uint8Array | undefined
    readonly isOver?: () => boolean
  } = {},
): BodyVariants {
  const context = { ...createContext(capture, formField), sentBody }
  const asItCame: FoundBody = { bytes: capture.body, faults: [], steps: 0, cost: 0 }
  const known = new Map([[fingerprint(capture.body), 0]])
  const kept: FoundBody[] = []
  const rewritten: FoundBody[] = []
  return { ofSteps, isPartial: capture.body.length > maxJsonBytes }

  function* ofSteps(steps: number): Generator<FoundBody> {
    if (steps === 0) yield asItCame
    if (steps === 1) {
      yield* keep(reverted(asItCame, bodyChanges), kept)
      yield* keep(asJson(asItCame, 1, 1), rewritten)
    }
    if (steps === 2) {
      yield* asJson(asItCame, 2, 2)
      for (const variant of kept) if (isWorthRewriting(variant)) yield* asJson(variant, 1, 1)
      for (const variant of kept) yield* reverted(variant, bodyChanges)
      for (const variant of rewritten) yield* reverted(variant, afterJson, maxRewrittenCost)
    }
    if (steps === 3) {
      yield* asJson(asItCame, 3, 3)
      for (const variant of kept) if (isWorthRewriting(variant)) yield* asJson(variant, 2, 2)
    }
  }

  function* keep(variants: Iterable<FoundBody>, list: FoundBody[]): Generator<FoundBody> {
    for (const variant of variants) {
      list.push(variant)
      yield variant
    }
  }

  function* reverted(
    from: FoundBody,
    by: readonly BodyChange[],
    maxCost = maxPairCost,
  ): Generator<FoundBody> {
    for (const { maxBytes, revert } of by) {
      if (from.bytes.length > maxBytes) continue
      for (const { bytes, cause, cost } of revert(from.bytes, { ...context, maxCost: maxCost - from.cost })) {
        const isAgain = from.faults.some((fault) => fault.cause === cause) && !repeatable.has(cause)
        if (isAgain || from.cost + cost > maxCost) continue
        const target = cause.startsWith('tmpl.') ? 'template' : 'body'
        const fault: Fault = { cause, target, cost }
        yield* fresh({
          bytes,
          faults: [fault, ...from.faults],
          steps: from.steps + 1,
          cost: from.cost + cost,
        })
      }
    }
  }

  function* asJson(from: FoundBody, minSteps: number, maxSteps: number): Generator<FoundBody> {
    const text = from.bytes.length > maxJsonBytes ? undefined : decodeText(from.bytes)
    if (text === undefined) return
    for (const { text: written, steps, faults } of jsonVariants(text, maxSteps, isOver)) {
      if (steps < minSteps) continue
      const cost = from.cost + steps * Math.max(1, ...faults.map((fault) => fault.cost))
      yield* fresh({
        bytes: encodeText(written),
        faults: [...faults, ...from.faults],
        steps: from.steps + steps,
        cost,
      })
    }
  }

  function* fresh(variant: FoundBody): Generator<FoundBody> {
    const name = fingerprint(variant.bytes)
    if (variant.bytes.length === 0 || (known.get(name) ?? Number.POSITIVE_INFINITY) <= variant.cost) return
    known.set(name, variant.cost)
    yield variant
  }
}

/**
 * Whether the JSON of a variant is worth rewriting. A variant with only an added line break or BOM contains the same JSON,
 * which is rewritten anyway; unlikely fields of an envelope are rarely the payload.
 */
function isWorthRewriting({ faults, cost }: FoundBody): boolean {
  const [fault] = faults
  const isLengthened = fault?.cause === 'body.trailing-newline-lost' || fault?.cause === 'body.bom-stripped'
  return cost <= 1.25 && !isLengthened
}

/** Identifies a body by its hash. For large bodies only the ends and the length count: the changes tried on them alter those. */
function fingerprint(bytes: Uint8Array): string {
  if (bytes.length <= 4 * megabyte) return createHash('sha1').update(bytes).digest('binary')
  const ends = createHash('sha1').update(bytes.subarray(0, megabyte)).update(bytes.subarray(-megabyte))
  return `${bytes.length} ${ends.digest('binary')}`
}
