/** What a record notes for the operator alone; no decision goes by it. */
export interface RecordNotes {
  /** How many claims were granted. */
  runs: number
  /** How many claims came for what was completed, failed or held already. */
  copies: number
  event: string | undefined
  /** Why the last attempt failed, while that is how it ended. */
  code: string | undefined
}

/** Those of a key without a record. */
export function firstNotes(): RecordNotes {
  return { runs: 0, copies: 0, event: undefined, code: undefined }
}

/** Notes a claim that was granted; what the attempt before it ended with is over. */
export function noteRun(notes: RecordNotes, event: string | undefined): void {
  notes.runs += 1
  notes.event = event || notes.event
  notes.code = undefined
}
