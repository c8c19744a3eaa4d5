import { maxParts } from '../headers/read-header.js'
import type { RefuseScheme } from './refuse-scheme.js'
import type { BasicProof, Proof } from './scheme-descriptor.js'

/** Lower-case names of the headers that may carry a proof, the usual one first; none if it is in the URL. */
export function listSignatureHeaders(proof: Proof, refuse: RefuseScheme): readonly string[] {
  if (proof.algorithm === 'basic') return ['authorization']
  return listHeaderNames(proof, refuse).map((name) =>
    typeof name === 'string' ? name.toLowerCase() : refuse('a header name is text'),
  )
}

function listHeaderNames(proof: Exclude<Proof, BasicProof>, refuse: RefuseScheme): readonly string[] {
  if (proof.algorithm === 'custom') return proof.headers ?? []
  if (proof.header === undefined) return []
  const more = ('moreHeaders' in proof && proof.moreHeaders) || []
  return [proof.header, ...(more === 'numbered' ? numberedAfter(proof.header, refuse) : more)]
}

/** `x-signature-2` to `x-signature-16` after `x-signature-1`. */
function numberedAfter(header: string, refuse: RefuseScheme): readonly string[] {
  const [, stem, first] = /^(.*\D)(0|[1-9]\d?)$/.exec(header) ?? []
  if (stem === undefined)
    return refuse("moreHeaders: 'numbered' needs a header that ends in a number, as X-Signature-1")
  return Array.from({ length: maxParts - 1 }, (_, index) => `${stem}${Number(first) + index + 1}`)
}
