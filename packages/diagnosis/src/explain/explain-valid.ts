import type { Capture } from '../captures/capture.js'
import { findingOf } from './causes.js'
import type { ExplainOptions, Explanation } from './explanation.js'
import { plainName } from './search/template-faults.js'

/** Every HTTP library sends at least one of these: what lacks them all was taken out of a program's object, or made by hand. */
const alwaysSent = /^(content-type|user-agent|accept|accept-encoding)$/i

/**
 * The signature is right as it is configured here. Others look up names as they are spelled, and only there one can fail
 * that is not in lower case. On the wire names have no case, and a delivery that was seen there is valid and nothing else.
 */
export function explainValid({ headers }: Capture, options: ExplainOptions): Explanation {
  const { framework, scheme } = options
  const { signature } = scheme
  const wanted = 'header' in signature ? signature.header : undefined
  const name = headers.find(([header]) => wanted && plainName(header) === plainName(wanted))?.[0]
  const isSpelledOtherwise = name !== undefined && name !== name.toLowerCase()
  const isObject = !headers.some(([header]) => alwaysSent.test(header))
  if (!isSpelledOtherwise || !isObject || !('encoding' in signature))
    return { verdict: 'valid', findings: [], searchedWhole: true }
  const finding = findingOf('sig.header-case', 'proof', { framework, scheme, detail: JSON.stringify(name) })
  return { verdict: 'explained', findings: [finding], searchedWhole: true }
}
