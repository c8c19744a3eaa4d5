/** Settings that the suite and the program share. */
export const contractSettings = {
  /** The routes' time, milliseconds since the epoch. */
  now: Date.parse('2026-03-17T09:00:00Z'),
  /** Must never appear in an answer. */
  secret: 'contract-secret-of-thirty-two-ch',
  secretId: 'canary-secret',
  /** The second secret of routes in a rotation. */
  rotated: { id: 'rotated-secret', secret: 'rotated-contract-secret-of-32-ch' },
  credentials: { username: 'contract', password: 'contract-password-of-32-character' },
  /** The message of a failing handler's error: must never appear in an answer. */
  failure: 'poison: password=hunter2',
  maxBodyBytes: 20_000,
  /** Time limit in cases that do not test it: whatever waits that long counts as hanging. */
  patientMs: 60_000,
  /** Time limit in cases that test it. */
  impatientMs: 250,
  exhaustAfter: 2,
} as const
