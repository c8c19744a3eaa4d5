const every = { frameworks: ['express', 'node-http'], bytes: 64 * 1024, connections: 16 }

/** @type {Record<'full' | 'quick' | 'smoke', import('./measure-flood.js').FloodPlan>} */
export const plans = {
  full: {
    ...every,
    rates: { sliceMs: 100, warmups: 4, rounds: 7 },
    // As many for both servers would take the time of all the rest.
    memory: { forged: { express: 5_000, 'node-http': 200_000 }, mostMs: 60_000 },
    goodSender: { periodMs: 500, rounds: 3, shares: [0.25, 0.5, 0.75] },
  },
  quick: {
    ...every,
    rates: { sliceMs: 80, warmups: 3, rounds: 4 },
    memory: { forged: { express: 2_000, 'node-http': 20_000 }, mostMs: 10_000 },
    goodSender: { periodMs: 400, rounds: 2, shares: [0.5] },
  },
  smoke: {
    ...every,
    rates: { sliceMs: 10, warmups: 1, rounds: 2 },
    memory: { forged: { express: 200, 'node-http': 200 }, mostMs: 5_000 },
    goodSender: { periodMs: 100, rounds: 1, shares: [0.5] },
  },
}
