import { setImmediate } from 'node:timers/promises'
import type { HmacAlgorithm } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import type { Budget } from '../recompute/budget.js'
import { digestLength } from '../recompute/compute-digest.js'
import type { ContentTemplate, SignaturePlace } from '../recompute/types.js'
import { bodyForms, type ComputeMac, createMacs } from './create-macs.js'
import type { Match } from './match.js'

/** In the order in which equally good finds are told. */
export const algorithms: readonly HmacAlgorithm[] = ['hmac-sha256', 'hmac-sha512', 'hmac-sha384', 'hmac-sha1']

/** A reading of the secret. */
export interface SearchKey {
  readonly bytes: Uint8Array
  /** A scheme can say it. Others are tried with the likeliest contents alone: all they lead to is advice. */
  readonly isSayable: boolean
}

/** What is searched. */
export interface SearchInput {
  readonly capture: Capture
  readonly places: readonly SignaturePlace[]
  readonly keys: readonly SearchKey[]
  /** What could have been signed, in groups that are equally likely, the likeliest first. */
  readonly levels: Iterable<Iterable<ContentTemplate>>
  readonly budget: Budget
  readonly signal?: AbortSignal | undefined
}

/** Counts the work, for reports. */
export interface SearchCounter {
  contents: number
  digests: number
}

interface Target {
  readonly algorithm: HmacAlgorithm
  readonly key: SearchKey
  readonly computeMac: ComputeMac
  /** What each MAC that would be a find stands in. */
  readonly places: ReadonlyMap<string, readonly SignaturePlace[]>
}

const likelyContents = 1_000
/** So often the process gets to its other work, such as an interruption: after so many contents, or bytes of them. */
const contentsBetweenBreaks = 2_000
const bytesBetweenBreaks = 20_000_000

/**
 * Computes the MACs of what could have been signed, and compares them with every signature of the capture. It gives
 * the matches of one level at a time, and ends where the budget does.
 */
export async function* searchContents(
  { capture, places, keys, levels, budget, signal }: SearchInput,
  counter: SearchCounter,
): AsyncGenerator<readonly Match[]> {
  const all = targetsOf(capture, places, keys)
  if (all.length === 0) return
  const betweenBreaks = Math.ceil(
    Math.min(contentsBetweenBreaks, bytesBetweenBreaks / Math.max(1, capture.body.length)),
  )
  const sayable = all.filter(({ key }) => key.isSayable)
  for (const level of levels) {
    const targets = counter.contents < likelyContents ? all : sayable
    if (targets.length === 0) return
    const matches: Match[] = []
    for (const template of level) {
      if (budget.spent()) break
      compare(template, targets, matches)
      counter.contents++
      counter.digests += targets.length
      if (counter.contents % betweenBreaks === 0) {
        await setImmediate()
        signal?.throwIfAborted()
      }
    }
    yield matches
    if (budget.spent()) return
  }
}

function targetsOf(
  capture: Capture,
  places: readonly SignaturePlace[],
  keys: readonly SearchKey[],
): readonly Target[] {
  const forms = bodyForms(capture.body)
  return algorithms.flatMap((algorithm) => {
    const fitting = places.filter(({ bytes }) => bytes.length === digestLength(algorithm))
    if (fitting.length === 0) return []
    const byMac = new Map<string, SignaturePlace[]>()
    for (const place of fitting) {
      const mac = Buffer.from(place.bytes).toString('latin1')
      byMac.set(mac, [...(byMac.get(mac) ?? []), place])
    }
    return keys.map((key) => ({
      algorithm,
      key,
      computeMac: createMacs(algorithm, key.bytes, forms),
      places: byMac,
    }))
  })
}

function compare(template: ContentTemplate, targets: readonly Target[], matches: Match[]): void {
  for (const { algorithm, key, computeMac, places } of targets) {
    const found = places.get(computeMac(template))
    for (const place of found ?? []) matches.push({ place, algorithm, key: key.bytes, template })
  }
}
