import { verify } from '@countersign/core'
import { schemes } from './comparisons.js'
import { measureRatio } from './measure-ratio.js'
import { secret, signRequests } from './sign-requests.js'

/** @typedef {import('./comparisons.js').Comparison} Comparison */
/** @typedef {import('./sign-requests.js').SignedRequest} SignedRequest */

/**
 * A comparison as plain data, with a cell for each size.
 *
 * @typedef {Pick<Comparison, 'peerKind' | 'name' | 'text' | 'parse'> & { readonly cells: readonly Cell[] }} Row
 */

/** @typedef {import('./measure-ratio.js').Measurement & { readonly bytes: number }} Cell */

/**
 * @typedef {object} Amount
 * @property {number} warmMs milliseconds that a comparison is warmed up, before all comparisons and again before itself
 * @property {readonly number[]} sizes of bodies, in bytes
 * @property {number} slices how many slices of each side
 * @property {number} sliceMs milliseconds of one slice
 */

/**
 * Warms up and then measures.
 *
 * @param {Comparison} comparison
 * @param {Amount} amount
 * @returns {Promise<Row>}
 */
export async function compare(comparison, amount) {
  await warmUp(comparison, amount)
  /** @type {Cell[]} */
  const cells = []
  for (const bytes of amount.sizes) cells.push(await measure(comparison, bytes, amount))
  const { peerKind, name, text, parse } = comparison
  return { peerKind, name, text, parse, cells }
}

/**
 * Until the engine has compiled both sides, `verify()` is at a disadvantage, because it has more code.
 *
 * @param {Comparison} comparison
 * @param {Amount} amount
 */
export async function warmUp(comparison, amount) {
  const start = performance.now()
  do await measure(comparison, amount.sizes[0] ?? 0, amount)
  while (performance.now() - start < amount.warmMs)
}

/**
 * @param {Comparison} comparison
 * @param {number} bytes
 * @param {Amount} amount
 * @returns {Promise<Cell>}
 */
async function measure(comparison, bytes, { slices, sliceMs }) {
  const subjects = await subjectsOf(comparison, bytes)
  return { bytes, ...(await measureRatio({ ...subjects, slices, sliceMs })) }
}

/**
 * @param {Comparison} comparison
 * @param {number} bytes
 */
async function subjectsOf(comparison, bytes) {
  const { signer, text, parse, peerKind, peer, peerIsAsync } = comparison
  const requests = signRequests({ signer, bytes, text })
  const scheme = schemes[signer]
  // As a server calls it: with a new options object at each call.
  const ours = (/** @type {SignedRequest} */ request) => verify(request, { scheme, secret, parse })
  const at = (/** @type {number} */ turn) => /** @type {SignedRequest} */ (requests[turn % requests.length])
  await checkVerifies(ours, at(0))
  // The limit is a hash without a verification.
  if (peerKind !== 'limit') await checkVerifies(peer, at(0))
  return {
    ours: { run: (/** @type {number} */ turn) => ours(at(turn)), isAsync: true },
    peer: { run: (/** @type {number} */ turn) => peer(at(turn)), isAsync: peerIsAsync },
  }
}

/**
 * Checks a side, because one that skips the verification would be faster.
 *
 * @param {Comparison['peer']} side
 * @param {SignedRequest} request
 */
async function checkVerifies(side, request) {
  const body = Buffer.from(request.body)
  const middle = body.length >> 1
  body.writeUInt8(body.readUInt8(middle) ^ 1, middle)
  if (!(await accepts(side, request))) throw new Error('A side refuses an authentic request.')
  if (await accepts(side, { ...request, body })) throw new Error('A side accepts a forged request.')
}

/**
 * @param {Comparison['peer']} side
 * @param {SignedRequest} request
 */
async function accepts(side, request) {
  try {
    return (await side(request)) !== false
  } catch {
    return false
  }
}
