import { comparisons, ourSide } from './comparisons.js'
import { measureRatio } from './measure-ratio.js'
import { signRequests } from './sign-requests.js'

/** @typedef {import('./comparisons.js').Comparison} Comparison */
/** @typedef {import('./measure-ratio.js').Measurement & { readonly bytes: number }} Cell */
/** @typedef {{ readonly comparison: Comparison, readonly cells: readonly Cell[] }} VerificationRow */

/**
 * @param {import('../plans.js').VerifyPlan} plan
 * @returns {Promise<VerificationRow[]>}
 */
export async function compareVerification({ sizes, slices, sliceMs }) {
  /** @type {VerificationRow[]} */
  const rows = []
  for (const comparison of comparisons) {
    const measure = async (/** @type {number} */ bytes) => {
      const subjects = await subjectsOf(comparison, bytes)
      return { bytes, ...(await measureRatio({ ...subjects, slices, sliceMs })) }
    }
    // The first size is measured twice, because the engine is still compiling during the first measurement.
    for (const bytes of sizes.slice(0, 1)) await measure(bytes)
    /** @type {Cell[]} */
    const cells = []
    for (const bytes of sizes) cells.push(await measure(bytes))
    rows.push({ comparison, cells })
  }
  return rows
}

/**
 * @param {Comparison} comparison
 * @param {number} bytes
 */
async function subjectsOf(comparison, bytes) {
  const { signer, text, peer, peerIsAsync } = comparison
  const requests = signRequests({ signer, bytes, text })
  const verifyOurs = ourSide(comparison)
  const at = (/** @type {number} */ turn) =>
    /** @type {typeof requests[0]} */ (requests[turn % requests.length])
  await checkBoth(verifyOurs, peer, at(0))
  return {
    ours: { run: (/** @type {number} */ turn) => verifyOurs(at(turn)), isAsync: true },
    peer: { run: (/** @type {number} */ turn) => peer(at(turn)), isAsync: peerIsAsync },
  }
}

/**
 * Checks both sides, because a side that skips the verification would be faster.
 *
 * @param {(request: import('./sign-requests.js').SignedRequest) => Promise<unknown>} ours
 * @param {Comparison['peer']} peer
 * @param {import('./sign-requests.js').SignedRequest} request
 */
async function checkBoth(ours, peer, request) {
  const body = Buffer.from(request.body)
  const middle = body.length >> 1
  body.writeUInt8(body.readUInt8(middle) ^ 1, middle)
  for (const side of [ours, peer]) {
    if (!(await accepts(side, request))) throw new Error('A side refuses an authentic request.')
    if (await accepts(side, { ...request, body })) throw new Error('A side accepts a forged request.')
  }
}

/**
 * @param {Comparison['peer']} side
 * @param {import('./sign-requests.js').SignedRequest} request
 */
async function accepts(side, request) {
  try {
    return (await side(request)) !== false
  } catch {
    return false
  }
}
