const kB = 1024
const every = {
  frameworks: ['express', 'fastify', 'hono', 'node-http', 'next'],
  sizes: [kB, 64 * kB],
  connections: 16,
}

/** @type {Record<'full' | 'quick' | 'smoke', import('./compare-frameworks.js').ServerPlan>} */
export const plans = {
  full: { ...every, sliceMs: 140, warmups: 6, rounds: 12, groupRounds: 3 },
  quick: { ...every, sliceMs: 100, warmups: 4, rounds: 6, groupRounds: 3 },
  // Next.js needs a build, which takes longer than all of a smoke run.
  smoke: {
    ...every,
    frameworks: every.frameworks.filter((name) => name !== 'next'),
    sliceMs: 10,
    warmups: 1,
    rounds: 2,
    groupRounds: 1,
  },
}
