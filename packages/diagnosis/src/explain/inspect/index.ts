import { createHash } from 'node:crypto'
import { inspectBody } from './inspect-body.js'
import { inspectSecret } from './inspect-secret.js'
import { inspectSignature } from './inspect-signature.js'
import { inspectSurroundings } from './inspect-surroundings.js'
import type { Clue, Scene } from './scene.js'

const maxClues = 6

/** Collects clues that need no recomputation, best evidence first, and always the general advice for an unknown cause. */
export function inspect(scene: Scene): readonly Clue[] {
  const clues = [inspectSecret, inspectBody, inspectSignature, inspectSurroundings].flatMap((look) =>
    look(scene),
  )
  const { body } = scene.capture
  const fingerprint = createHash('sha256').update(body).digest('hex').slice(0, 8)
  const detail = `${body.length} bytes, SHA-256 ${fingerprint}...`
  const best = [...clues].sort((a, b) => a.rank - b.rank).slice(0, maxClues)
  const certain = best.filter(({ rank }) => rank < 9)
  // Mere possibilities come after the one certain fact, that nothing matched.
  return [
    ...certain,
    { cause: 'unknown.secret-or-body', rank: 9, detail },
    ...best.filter(({ rank }) => rank > 9),
  ]
}
