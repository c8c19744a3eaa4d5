import type { Capture } from '../../captures/capture.js'
import { computeDigest } from '../../recompute/compute-digest.js'
import { readKeyText } from '../../recompute/keys/key-readings.js'
import { algorithmsFor } from './algorithms.js'
import { contentParts } from './content-parts.js'
import { mapPlaces } from './place-map.js'
import { rankedTemplates } from './ranked-templates.js'
import type { SearchInput } from './search-plan.js'
import { writtenPlaces } from './written-places.js'

/** Whether secret and signature were given in each other's place: a header's value is then the key that signs. */
export function isSwapped(capture: Capture, { scheme, secrets }: SearchInput): boolean {
  const given = secrets[0]?.value
  if (typeof given !== 'string') return false
  // The time that stood beside the signature is in what is called the secret now.
  const headers = [...capture.headers, ['secret', given] as const]
  const places = mapPlaces(writtenPlaces({ headers: [['secret', given]], url: '' }))
  const algorithms = algorithmsFor(scheme, places.lengths).own
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
