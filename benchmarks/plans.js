/**
 * The amount of work of a run.
 *
 * @typedef {object} Plan
 * @property {VerifyPlan} verify
 * @property {ExpressPlan} express
 * @property {StorePlan} stores
 * @property {BodyPlan} bodies
 *
 * @typedef {object} VerifyPlan
 * @property {readonly number[]} sizes of bodies, in bytes
 * @property {number} slices how many slices of each side
 * @property {number} sliceMs milliseconds of one slice
 *
 * @typedef {object} ExpressPlan
 * @property {readonly { readonly bytes: number, readonly requests: number }[]} loads the requests of one slice, by the size of their bodies
 * @property {number} rounds how many slices of each side
 *
 * @typedef {object} StorePlan
 * @property {number} slices how many slices of each side
 * @property {number} sliceMs milliseconds of one slice
 * @property {number} ids how many the memory store is filled with
 *
 * @typedef {object} BodyPlan
 * @property {number} bytes that come in all
 * @property {number} connections over which slow senders spread them
 */

const kB = 1024
const sizes = [64, 512, 2 * kB, 8 * kB, 64 * kB, 256 * kB, 1024 * kB]

export const plans = {
  /** About two minutes. */
  full: {
    verify: { sizes, slices: 25, sliceMs: 8 },
    express: { loads: load(2_500, 800), rounds: 15 },
    stores: { slices: 41, sliceMs: 60, ids: 1_000_000 },
    bodies: { bytes: 1_000_000, connections: 200 },
  },
  /** About forty seconds, with more spread. */
  quick: {
    verify: { sizes, slices: 9, sliceMs: 4 },
    express: { loads: load(1_000, 400), rounds: 7 },
    stores: { slices: 15, sliceMs: 30, ids: 1_000_000 },
    bodies: { bytes: 250_000, connections: 50 },
  },
  /** Only shows that everything works. */
  smoke: {
    verify: { sizes: [64, 8 * kB, 1024 * kB], slices: 2, sliceMs: 0.1 },
    express: { loads: load(40, 20), rounds: 2 },
    stores: { slices: 2, sliceMs: 1, ids: 5_000 },
    bodies: { bytes: 10_000, connections: 5 },
  },
}

/**
 * @param {number} small
 * @param {number} large
 */
function load(small, large) {
  return [
    { bytes: kB, requests: small },
    { bytes: 64 * kB, requests: large },
  ]
}
