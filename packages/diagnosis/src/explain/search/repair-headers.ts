import type { SchemeDescriptor } from '@countersign/core'
import type { Capture } from '../../captures/capture.js'
import { plainName } from './template-faults.js'

/**
 * The capture with its headers as they were before names and values were rewritten on their way: so the time and the id
 * in them can be read. Which rewriting it was is told of the signature's own place.
 */
export function repairHeaders(capture: Capture, scheme: SchemeDescriptor): Capture {
  const { timestamp, deliveryId, signature } = scheme
  const wanted = [signature, timestamp, deliveryId].flatMap((source) =>
    source && 'header' in source && source.header !== undefined ? [source.header] : [],
  )
  const repaired = capture.headers.map(([name, value]) => {
    const known = wanted.find((header) => plainName(header) === plainName(name))
    return [known ?? name, repairValue(value)] as const
  })
  return { ...capture, headers: repaired }
}

/** Blanks between the parts of a value go too, as in `t=1, v1=...`. */
function repairValue(value: string): string {
  const plain = percentDecoded(value)
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
  return plain.replace(/([,;&|]) +(?=[\w.-]+=)/g, '$1').replace(/^([\w.-]+)= +/, '$1=')
}

function percentDecoded(value: string): string {
  if (!/%[0-9a-f]{2}/i.test(value)) return value
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
