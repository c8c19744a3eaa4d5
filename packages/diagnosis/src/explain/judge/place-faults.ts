import type { HmacProof, PairsForm } from '@countersign/core'
import { signatureHeaderNames } from '@countersign/testing/sender'
import type { Fault, FaultTarget } from '../../recompute/types.js'
import type { WrittenPlace } from '../search/place-map.js'
import { plainName } from '../search/template-faults.js'

/** In what a signature stands otherwise than the scheme's receiver reads it. None: it is read. */
export function placeFaults(
  place: WrittenPlace,
  proof: HmacProof,
  isOtherAlgorithm: boolean,
): readonly Fault[] {
  const faults: Fault[] = []
  const add = (cause: string, target: FaultTarget = 'header', cost = 1) =>
    faults.push({ cause, target, cost })
  const names = signatureHeaderNames(proof).map((header) => headerCause(place.header, header))
  const name = names.includes(undefined) ? undefined : names[0]
  const prefix = prefixCause(place, proof)
  const encoding = encodingCause(place, proof)
  // An old header beside the new one, as X-Hub-Signature: it names its own algorithm.
  const isOldHeader = isOtherAlgorithm && (name === 'sig.other-header-name' || namesAlgorithm(place))
  if (isOldHeader) add('sig.wrong-header', 'header', 0.9)
  if (place.wrapped === 'sig.in-query') return [{ cause: place.wrapped, target: 'header', cost: 1 }]
  if (place.wrapped) add(place.wrapped, place.wrapped === 'sig.header-quoted' ? 'header' : 'encoding', 1.2)
  if (encoding) add(encoding, 'encoding')
  if (name && !isOldHeader) add(name, 'header', name === 'sig.header-case' ? 1 : 1.1)
  if (prefix && !isOldHeader) add(prefix, 'header', 1.2)
  if (place.oddities.includes('blanks')) add('sig.header-blanks')
  if (place.oddities.includes('quotes')) add('sig.header-quoted')
  if (place.oddities.includes('repeated') && !proof.repeats) add('sig.header-repeated')
  return faults
}

/** Whether two names are one: in another case, or as PHP and Rack write them. */
export function headerCause(found: string, configured: string): string | undefined {
  if (found.toLowerCase() === configured.toLowerCase()) return undefined
  return plainName(found) === plainName(configured) ? 'sig.header-case' : 'sig.other-header-name'
}

function encodingCause({ encoding, oddities, text }: WrittenPlace, proof: HmacProof): string | undefined {
  const isHex = encoding === 'hex'
  if (isHex !== (proof.encoding === 'hex')) return 'sig.base64-vs-hex'
  const isLoose = encoding === 'base64url' ? text.endsWith('=') : oddities.includes('unpadded')
  return encoding !== proof.encoding || isLoose ? 'sig.base64url' : undefined
}

/** How the header is made up, and what stands before the signature in it. */
function prefixCause(
  place: WrittenPlace,
  { prefix = '', list, pairs, repeats }: HmacProof,
): string | undefined {
  if (pairs) {
    if (!place.pairs) return 'sig.form'
    if (![pairs.key, ...(pairs.moreKeys ?? [])].includes(place.pairs.key)) return 'sig.pair-name'
    return isSamePairs(place.pairs, pairs) ? undefined : 'sig.form'
  }
  if (place.pairs) return 'sig.whole-header-as-signature'
  // Two headers of one name, joined with a comma as fetch and many proxies do.
  if (!list && place.list?.separator === ',' && place.prefix === prefix)
    return repeats ? undefined : 'sig.header-repeated'
  if (list ? place.list && place.list.separator !== list.separator : place.list) return 'sig.form'
  if (place.prefix === prefix) return undefined
  if (place.prefix === '') return 'sig.prefix-missing'
  return prefix === '' ? 'sig.prefix-unexpected' : 'sig.prefix-differs'
}

/** A header with one group, or one value, looks like one without any. */
function isSamePairs(found: PairsForm, { separator, groups, values }: PairsForm): boolean {
  if (found.separator !== separator) return false
  if (found.groups && found.groups.separator !== groups?.separator) return false
  return !found.values || found.values.separator === values?.separator
}

function namesAlgorithm({ prefix, pairs }: WrittenPlace): boolean {
  return /sha-?(1|224|384|512)|md5/i.test(`${prefix}${pairs?.key ?? ''}`)
}
