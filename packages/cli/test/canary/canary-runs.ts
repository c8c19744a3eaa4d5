import type { CanaryRun } from './canary-run.js'
import { discoverRuns } from './discover-runs.js'
import { explainRuns } from './explain-runs.js'
import { sendingRuns } from './sending-runs.js'
import { signAndVerifyRuns } from './sign-and-verify-runs.js'

/** The runs of the commands that print and save what a stranger sent. A command's own are in a file of its own. */
export const canaryRuns: readonly CanaryRun[] = [
  ...signAndVerifyRuns,
  ...discoverRuns,
  ...explainRuns,
  ...sendingRuns,
]
