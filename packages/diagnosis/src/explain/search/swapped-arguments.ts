import type { Capture } from '../../captures/capture.js'
import { computeDigest } from '../../recompute/compute-digest.js'
import { readKeyText } from '../../recompute/keys/key-readings.js'
import { selectAlgorithms } from './algorithms.js'
import { contentParts } from './content-parts.js'
import { findDigestPlaces } from './digest-places.js'
import { mapPlaces } from './place-map.js'
import { rankedTemplates } from './ranked-templates.js'
import type { SearchInput } from './search-plan.js'

/** Whether secret and signature are swapped: the header's value is then the key that signs. */
export function areArgumentsSwapped(capture: Capture, { scheme, secrets }: SearchInput): boolean {
  const given = secrets[0]?.value
  if (typeof given !== 'string') return false
  // The time beside the signature is now in the configured secret.
  const headers = [...capture.headers, ['secret', given] as const]
  const places = mapPlaces(findDigestPlaces({ headers: [['secret', given]], url: '' }))
  const algorithms = selectAlgorithms(scheme, places.lengths).own
  if (algorithms.length === 0) return false
  const { own, others } = rankedTemplates(scheme, { ...capture, headers })
  const contents = [...own, ...others().slice(0, 60)].map(({ template }) =>
    contentParts(capture.body)(template),
  )
  const name = 'header' in scheme.signature ? scheme.signature.header?.toLowerCase() : undefined
  const keys = capture.headers
    .filter(([header, value]) => header.toLowerCase() === name && value.length <= 512)
    .flatMap(([, value]) => readKeyText(value, scheme.secret ?? { encoding: 'utf8' }))
  return keys.some(({ bytes }) =>
    contents.some((parts) =>
      algorithms.some(({ algorithm }) => places.at(computeDigest(algorithm, bytes, parts)) !== undefined),
    ),
  )
}
