import type { HmacProof, SchemeDescriptor, SecretValue } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import { idSources } from '../recompute/id-sources.js'
import { timeSources } from '../recompute/time-sources.js'
import type { FoundTime } from '../recompute/types.js'
import type { Match } from './match.js'
import { nameScheme } from './name-scheme.js'
import { proofForms } from './proof-forms.js'
import { secretNotation } from './secret-notation.js'

/** One reading of a match, to be tried: the ways of writing its header, the best first, are one reading. */
export type ProvedReading = readonly SchemeDescriptor[]

/**
 * What a match says for sure, as descriptors. A time or an id that stands in two places gives a reading for each.
 *
 * @returns empty where no scheme can say what kind of key it is
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

/** Of equal times the one in the signature's own header comes first: no header can be missing there. */
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

/** A time in a pair or a list is read only from the header that has the signature. */
function isReadable(time: FoundTime | undefined, { header, pairs, list }: HmacProof): boolean {
  const source = time?.source
  if (!source || !('header' in source)) return true
  const isBeside = source.header.toLowerCase() === header.toLowerCase()
  if (source.position !== undefined) return isBeside && list !== undefined
  return source.key === undefined || (isBeside && pairs !== undefined)
}
