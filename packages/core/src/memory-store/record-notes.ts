/** What a record stores for the operator only; no decision depends on it. */
export interface RecordNotes {
  /** The number of granted claims. */
  runs: number
  /** The number of claims after the record was completed, failed or held. */
  copies: number
  event: string | undefined
  /** The error code of the last attempt, if it failed. */
  code: string | undefined
}

/** The notes of a new record. */
export function firstNotes(): RecordNotes {
  return { runs: 0, copies: 0, event: undefined, code: undefined }
}

/** Notes a granted claim; the code of the attempt before it is cleared. */
export function noteRun(notes: RecordNotes, event: string | undefined): void {
  notes.runs += 1
  notes.event = event || notes.event
  notes.code = undefined
}
