import { createHash } from 'node:crypto'
import type { Clue, Scene } from './inspect/clue.js'
import { inspectBody } from './inspect/inspect-body.js'
import { inspectSecret } from './inspect/inspect-secret.js'
import { inspectSignature } from './inspect/inspect-signature.js'
import { inspectSurroundings } from './inspect/inspect-surroundings.js'

const maxClues = 6

/** What can be seen without recomputing anything, the best evidence first; at the end always what cannot be known. */
export function inspect(scene: Scene): readonly Clue[] {
  const clues = [inspectSecret, inspectBody, inspectSignature, inspectSurroundings].flatMap((look) =>
    look(scene),
  )
  const { body } = scene.capture
  const fingerprint = createHash('sha256').update(body).digest('hex').slice(0, 8)
  const detail = `${body.length} bytes, SHA-256 ${fingerprint}...`
  const best = [...clues].sort((a, b) => a.rank - b.rank).slice(0, maxClues)
  const certain = best.filter(({ rank }) => rank < 9)
  // What merely may be is said only beside the one thing that is sure: that nothing matched.
  return [
    ...certain,
    { cause: 'unknown.secret-or-body', rank: 9, detail },
    ...best.filter(({ rank }) => rank > 9),
  ]
}
