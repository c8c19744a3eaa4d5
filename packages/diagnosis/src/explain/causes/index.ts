import type { Finding } from '../explanation.js'
import { bodyCauses } from './body-causes.js'
import type { AdviceFacts, Causes } from './cause.js'
import { contentCauses } from './content-causes.js'
import { signatureCauses } from './header-causes.js'
import { secretCauses } from './secret-causes.js'

/** Every cause that a finding can name. */
export const causes: Causes = { ...secretCauses, ...bodyCauses, ...signatureCauses, ...contentCauses }

/**
 * Creates a finding with the advice for a cause.
 *
 * @throws Error if the cause has no advice, which is a bug of this package
 */
export function createFinding(cause: string, level: Finding['level'], facts: AdviceFacts): Finding {
  const known = causes[cause]
  if (!known) throw new Error(`The cause "${cause}" has no advice.`)
  return { cause, target: known.target, level, advice: known.advice(facts) }
}
