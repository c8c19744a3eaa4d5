import type { SchemeDescriptor } from '@countersign/core'
import type { Capture } from '../../captures/capture.js'
import { decodePercent } from '../../recompute/decode-percent.js'
import { normalizeHeaderName } from './template-faults.js'

/**
 * Restores header names and values that were rewritten in transit, so that the time and the id can be read. Which rewrite
 * it was shows at the signature, where placeFaults() reports it.
 */
export function repairHeaders(capture: Capture, scheme: SchemeDescriptor): Capture {
  const { timestamp, deliveryId, signature } = scheme
  const wanted = [signature, timestamp, deliveryId].flatMap((source) =>
    source && 'header' in source && source.header !== undefined ? [source.header] : [],
  )
  const repaired = capture.headers.map(([name, value]) => {
    const known = wanted.find((header) => normalizeHeaderName(header) === normalizeHeaderName(name))
    return [known ?? name, repairValue(value)] as const
  })
  return { ...capture, headers: repaired }
}

/** Also removes spaces between the parts of a value, as in `t=1, v1=...`. */
function repairValue(value: string): string {
  const plain = percentDecoded(value)
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
  return plain.replace(/([,;&|]) +(?=[\w.-]+=)/g, '$1').replace(/^([\w.-]+)= +/, '$1=')
}

function percentDecoded(value: string): string {
  return /%[0-9a-f]{2}/i.test(value) ? (decodePercent(value) ?? value) : value
}
