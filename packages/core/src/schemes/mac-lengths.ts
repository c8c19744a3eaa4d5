import type { HmacAlgorithm } from './scheme-descriptor.js'

/** MAC lengths in bytes; their keys are the algorithms there are. */
export const macLengths: Readonly<Record<HmacAlgorithm, number>> = {
  'hmac-sha1': 20,
  'hmac-sha256': 32,
  'hmac-sha384': 48,
  'hmac-sha512': 64,
}
