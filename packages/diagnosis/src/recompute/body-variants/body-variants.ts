import { createHash } from 'node:crypto'
import type { Capture } from '../../captures/capture.js'
import type { BodyVariant, Fault } from '../types.js'
import { ascii } from './ascii.js'
import { charset, mark } from './charset.js'
import { edges } from './edges.js'
import { jsonVariants } from './json/json-variants.js'
import { lineEnds } from './line-ends.js'
import { bytesOf, contextOf, megabyte, textOf, type Undo } from './undo.js'
import { compression } from './unwrap/compression.js'
import { encodings, textEscapes } from './unwrap/encodings.js'
import { envelope } from './unwrap/envelope.js'
import { form } from './unwrap/form.js'
import { framing } from './unwrap/framing.js'
import { quoting } from './unwrap/quoting.js'
import { stringifiedBytes } from './unwrap/stringified-bytes.js'

/** A reading of a body, and what led to it. */
export interface FoundBody extends BodyVariant {
  /** How many things happened; what one writer of JSON does by itself is one, and may have several faults. */
  readonly steps: number
  readonly cost: number
}

/** Cheap ones first: of a large body, only these are tried in time. */
const undos: readonly Undo[] = [
  edges,
  mark,
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
/** What still happens to a text after it was written as JSON: the last that the sender did, undone last. */
const afterJson: readonly Undo[] = [edges, mark, lineEnds, quoting, form]

const maxJsonBytes = megabyte
/** Beyond this, a pair of two rare things is not looked for. */
const maxPairCost = 2.45
const maxRewrittenCost = 2.2

/** What happens twice in a row: a queue behind a gateway, two libraries that both encode. */
const repeatable: ReadonlySet<string> = new Set([
  'body.envelope',
  'body.json-string-literal',
  'body.base64-encoded',
  'body.buffer-json',
  'body.url-encoded',
  'body.html-escaped',
  'body.latin1-decoded',
])

/** The readings of a body, by how many things happened to it. Equal bytes come again only where a likelier thing leads there. */
export interface BodyVariants {
  /** Each step's readings; asked for in order. */
  readonly ofSteps: (steps: number) => Iterable<FoundBody>
  /** Whether the body was too large for some of what is tried. */
  readonly isPartial: boolean
}

/**
 * What a body may have been before one thing or several happened to it.
 *
 * @param options.formField the form field in which the scheme's sender has its JSON
 * @param options.sentBody the body as it came, where that of the capture was in it as gzip
 * @param options.isOver asked between the longer steps; then there is no more
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
  const context = { ...contextOf(capture, formField), sentBody }
  const asItCame: FoundBody = { bytes: capture.body, faults: [], steps: 0, cost: 0 }
  const known = new Map([[fingerprint(capture.body), 0]])
  const kept: FoundBody[] = []
  const rewritten: FoundBody[] = []
  return { ofSteps, isPartial: capture.body.length > maxJsonBytes }

  function* ofSteps(steps: number): Generator<FoundBody> {
    if (steps === 0) yield asItCame
    if (steps === 1) {
      yield* keep(undone(asItCame, undos), kept)
      yield* keep(asJson(asItCame, 1, 1), rewritten)
    }
    if (steps === 2) {
      yield* asJson(asItCame, 2, 2)
      for (const variant of kept) if (isTelling(variant)) yield* asJson(variant, 1, 1)
      for (const variant of kept) yield* undone(variant, undos)
      for (const variant of rewritten) yield* undone(variant, afterJson, maxRewrittenCost)
    }
    if (steps === 3) {
      yield* asJson(asItCame, 3, 3)
      for (const variant of kept) if (isTelling(variant)) yield* asJson(variant, 2, 2)
    }
  }

  function* keep(variants: Iterable<FoundBody>, list: FoundBody[]): Generator<FoundBody> {
    for (const variant of variants) {
      list.push(variant)
      yield variant
    }
  }

  function* undone(from: FoundBody, by: readonly Undo[], maxCost = maxPairCost): Generator<FoundBody> {
    for (const { maxBytes, undo } of by) {
      if (from.bytes.length > maxBytes) continue
      for (const { bytes, cause, cost } of undo(from.bytes, { ...context, maxCost: maxCost - from.cost })) {
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
    const text = from.bytes.length > maxJsonBytes ? undefined : textOf(from.bytes)
    if (text === undefined) return
    for (const { text: written, steps, faults } of jsonVariants(text, maxSteps, isOver)) {
      if (steps < minSteps) continue
      const cost = from.cost + steps * Math.max(1, ...faults.map((fault) => fault.cost))
      yield* fresh({
        bytes: bytesOf(written),
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
 * Whether the JSON in it is worth rewriting. What was only lengthened holds the JSON that is rewritten anyway, and is
 * lengthened then; of the fields of a payload none is the payload.
 */
function isTelling({ faults, cost }: FoundBody): boolean {
  const [fault] = faults
  const isLengthened = fault?.cause === 'body.trailing-newline-lost' || fault?.cause === 'body.bom-stripped'
  return cost <= 1.25 && !isLengthened
}

/** Large bodies are told apart by their ends and length: what is tried with them moves those. */
function fingerprint(bytes: Uint8Array): string {
  if (bytes.length <= 4 * megabyte) return createHash('sha1').update(bytes).digest('binary')
  const ends = createHash('sha1').update(bytes.subarray(0, megabyte)).update(bytes.subarray(-megabyte))
  return `${bytes.length} ${ends.digest('binary')}`
}
