import { buildFile, type FileDraft, formatFile } from './build-file.js'
import { bodyDigestFiles } from './files/body-digests.js'
import { compressedBodyFiles } from './files/compressed-bodies.js'
import { fiveSystems } from './files/five-systems.js'
import { genericPlain } from './files/generic-plain.js'
import { genericShapes } from './files/generic-shapes.js'
import { knownSenders } from './files/known-senders.js'
import { rotationGrammars } from './files/rotation-grammars.js'

const drafts: readonly FileDraft[] = [
  ...fiveSystems,
  ...knownSenders,
  ...genericShapes,
  ...rotationGrammars,
  ...bodyDigestFiles,
  ...compressedBodyFiles,
  ...genericPlain,
]

/** The texts of all vector files by their names. Each run gives the same texts: nothing is random or depends on the clock. */
export function buildFiles(): ReadonlyMap<string, string> {
  return new Map(drafts.map((draft) => [`${draft.name}.json`, formatFile(buildFile(draft))]))
}
