import { bodyCauses } from './causes/body-causes.js'
import type { AdviceFacts, Causes } from './causes/cause.js'
import { contentCauses } from './causes/content-causes.js'
import { signatureCauses } from './causes/header-causes.js'
import { secretCauses } from './causes/secret-causes.js'
import type { Finding } from './explanation.js'

/** Every cause that a finding can name. */
export const causes: Causes = { ...secretCauses, ...bodyCauses, ...signatureCauses, ...contentCauses }

/** Says what a cause means for these facts. */
export function findingOf(cause: string, level: Finding['level'], facts: AdviceFacts): Finding {
  const known = causes[cause]
  if (!known) throw new Error(`The cause "${cause}" has no advice.`)
  return { cause, target: known.target, level, advice: known.advice(facts) }
}
