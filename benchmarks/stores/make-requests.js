/** @typedef {import('@countersign/core/stores').ClaimRequest} ClaimRequest */
/** @typedef {import('@countersign/core/stores').CompleteRequest} CompleteRequest */

const dayMs = 86_400_000

/**
 * Each call of the result makes the claim and the completion of a new delivery, with keys as long as Countersign's own.
 *
 * @param {string} run makes this run's keys different from those of other runs
 * @param {number} [retentionMs]
 * @returns {() => ClaimRequest & CompleteRequest}
 */
export function makeRequests(run, retentionMs = 3 * dayMs) {
  let count = 0
  return () => {
    const number = String(count++).padStart(9, '0')
    return {
      key: `["tickets",null,"visibuild","event","${run}-${number}",null,"ticket.created",{}]`,
      token: `token-of-22-ch-${number.slice(-7)}`,
      fingerprint: `digest-of-a-body-in-base64url-43-c-${number}`,
      leaseMs: 30_000,
      retentionMs,
      acceptanceMs: 660_000,
      hold: false,
    }
  }
}
