import { NoAnswerError } from './read-answer.js'

/** What the operator should do, for what Redis says most plainly. The reply itself stays in the error's `cause`. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /COUNTERSIGN|\bWRONGTYPE\b/,
    'a key under its prefix holds no record of it; give the store a prefix that nothing else uses.',
  ],
  [/\bOOM\b/, 'Redis is out of memory and writes nothing; raise its maxmemory.'],
  [/\bREADONLY\b/, 'this Redis is a replica; connect to the master.'],
  [/\bMOVED\b|\bASK\b/, 'this Redis is one node of a cluster; give the store a cluster client.'],
  [
    // Within a script, Redis has other words for it: which ones depends on its version.
    /\bNOAUTH\b|\bNOPERM\b|\bWRONGPASS\b|\bACL failure\b|user executing the script can't/,
    "Redis refuses the client. Grant its user +set +get +del +pttl +time +scan +eval +evalsha, and the keys under the store's prefix.",
  ],
  [
    /\bunknown command\b/i,
    'this server lacks a command. The store needs SET, GET, DEL, PTTL, TIME, SCAN, EVAL and EVALSHA.',
  ],
]

/** @returns undefined where the cause says nothing that helps */
export function explainFailure(cause: unknown): string | undefined {
  if (cause instanceof NoAnswerError) {
    return 'the client gave a reply that is none; it must give replies as Redis sends them: strings as strings (no type mapping to Buffer), nil as null.'
  }
  const message = cause instanceof Error ? cause.message : ''
  return reasons.find(([form]) => form.test(message))?.[1]
}
