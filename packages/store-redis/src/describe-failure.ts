import type { DedupeStoreError } from '@countersign/core'
import { storeFailure } from '@countersign/core/stores'
import { UnreadableAnswerError } from './read-answer.js'

/** The store's error for an error of the client, with what to change where Redis says enough. Its own words stay in `cause`. */
export function describeFailure(operation: string, cause: unknown): DedupeStoreError {
  return storeFailure('redis', operation, { cause, reason: findReason(cause) })
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /COUNTERSIGN|\bWRONGTYPE\b/,
    "a key under the store's prefix is not one of its records. Give the store a prefix that nothing else uses.",
  ],
  [/\bOOM\b/, 'Redis is out of memory and refuses writes. Raise its maxmemory.'],
  [/\bREADONLY\b/, 'this Redis is a replica. Connect to the master.'],
  [/\bMOVED\b|\bASK\b/, 'this Redis is one node of a cluster. Give the store a cluster client.'],
  [
    // Within a script, Redis words it differently from version to version.
    /\bNOAUTH\b|\bNOPERM\b|\bWRONGPASS\b|\bACL failure\b|user executing the script can't/,
    "Redis refuses the client. Grant its user +set +get +del +pttl +time +scan +eval +evalsha, and the keys under the store's prefix.",
  ],
  [
    /\bunknown command\b/i,
    'this server lacks a command. The store needs SET, GET, DEL, PTTL, TIME, SCAN, EVAL and EVALSHA.',
  ],
]

function findReason(cause: unknown): string | undefined {
  if (cause instanceof UnreadableAnswerError) {
    return 'the client returned a reply that Redis cannot have sent. It must return replies unchanged: strings as strings (no type mapping to Buffer), nil as null.'
  }
  const message = cause instanceof Error ? cause.message : ''
  return reasons.find(([form]) => form.test(message))?.[1]
}
