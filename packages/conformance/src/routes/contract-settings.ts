/** What both halves of the contract know. */
export const contractSettings = {
  /** The routes' time, milliseconds since the epoch. */
  now: Date.parse('2026-03-17T09:00:00Z'),
  /** Must never come into an answer. */
  secret: 'contract-secret-of-thirty-two-ch',
  secretId: 'canary-secret',
  /** The second secret of routes in a rotation. */
  rotated: { id: 'rotated-secret', secret: 'rotated-contract-secret-of-32-ch' },
  credentials: { username: 'contract', password: 'contract-password-of-32-character' },
  /** What a failing handler's error says: must never come into an answer of the suite. */
  failure: 'poison: password=hunter2',
  maxBodyBytes: 20_000,
  /** Where a body that does not come is no concern of the case: what waits for it, hangs. */
  patientMs: 60_000,
  /** Where a body that does not come is the case. */
  impatientMs: 250,
  exhaustAfter: 2,
} as const
