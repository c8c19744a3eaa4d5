import type { HmacProof, SchemeDescriptor, SecretValue } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import { idSources } from '../recompute/id-sources.js'
import { timeSources } from '../recompute/time-sources.js'
import type { FoundTime } from '../recompute/types.js'
import type { Match } from './match.js'
import { nameScheme } from './name-scheme.js'
import { proofForms } from './proof-forms.js'
import { secretNotation } from './secret-notation.js'

/** One interpretation of a match, as equivalent descriptions of its header, best first. */
export type ProvedReading = readonly SchemeDescriptor[]

/**
 * The descriptors that a match proves. A time or an id in two places gives one interpretation for each.
 *
 * @returns empty if no scheme can express the key
 */
export function provedReadings(
  match: Match,
  capture: Capture,
  secret: SecretValue,
): readonly ProvedReading[] {
  const { place, algorithm, template, key } = match
  const notation = secretNotation(secret, key)
  if (!notation) return []
  const forms = proofForms(place, algorithm, capture)
  return timesLike(template.time, capture, place.header).flatMap((time) =>
    idsLike(template.id?.text, capture).map((id) =>
      forms
        .filter((form) => isReadable(time, form))
        .map(
          (signature): SchemeDescriptor => ({
            name: nameScheme(signature.header),
            signature,
            signedContent: template.signedContent,
            ...(template.url !== undefined && { url: template.url }),
            ...(time && { timestamp: time.source }),
            ...(id && { deliveryId: id }),
            ...notation,
          }),
        ),
    ),
  )
}

/** Among equal times, the one in the signature header comes first: that header is always present. */
function timesLike(
  time: FoundTime | undefined,
  capture: Capture,
  header: string,
): readonly (FoundTime | undefined)[] {
  if (!time) return [undefined]
  const equal = timeSources(capture).filter(({ text }) => text === time.text)
  const isBeside = ({ source }: FoundTime) => 'header' in source && source.header === header
  return [...equal.filter(isBeside), ...equal.filter((found) => !isBeside(found))]
}

function idsLike(
  text: string | undefined,
  capture: Capture,
): readonly ({ readonly header: string } | undefined)[] {
  if (text === undefined) return [undefined]
  return idSources(capture).flatMap(({ text: other, source }) =>
    other === text && 'header' in source ? [source] : [],
  )
}

/** Receivers read a time in a pair or a list only from the signature header. */
function isReadable(time: FoundTime | undefined, { header, pairs, list }: HmacProof): boolean {
  const source = time?.source
  if (!source || !('header' in source)) return true
  const isBeside = source.header.toLowerCase() === header.toLowerCase()
  if (source.position !== undefined) return isBeside && list !== undefined
  return source.key === undefined || (isBeside && pairs !== undefined)
}
