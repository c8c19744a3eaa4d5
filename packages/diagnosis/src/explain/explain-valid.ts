import type { Capture } from '../captures/capture.js'
import { createFinding } from './causes/index.js'
import type { ExplainOptions, Explanation } from './explanation.js'
import { normalizeHeaderName } from './search/template-faults.js'

/** Every HTTP library sends at least one of these: a capture without any came from a program's object or was written by hand. */
const alwaysSent = /^(content-type|user-agent|accept|accept-encoding)$/i

/**
 * The result for a signature that is correct as configured here. Code that looks up header names case-sensitively can
 * still fail on a name that is not in lower case. Captures from the network are simply valid: names have no case there.
 */
export function explainValid({ headers }: Capture, options: ExplainOptions): Explanation {
  const { framework, scheme } = options
  const { signature } = scheme
  const wanted = 'header' in signature ? signature.header : undefined
  const name = headers.find(
    ([header]) => wanted && normalizeHeaderName(header) === normalizeHeaderName(wanted),
  )?.[0]
  const isSpelledOtherwise = name !== undefined && name !== name.toLowerCase()
  const isObject = !headers.some(([header]) => alwaysSent.test(header))
  if (!isSpelledOtherwise || !isObject || !('encoding' in signature))
    return { verdict: 'valid', findings: [], searchedWhole: true }
  const finding = createFinding('sig.header-case', 'proof', {
    framework,
    scheme,
    detail: JSON.stringify(name),
  })
  return { verdict: 'explained', findings: [finding], searchedWhole: true }
}
