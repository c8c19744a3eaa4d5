import type { CaptureNote } from './capture.js'

const known: Readonly<Record<CaptureNote, true>> = {
  'parsed-body': true,
  'cut-off': true,
  'bare-line-feeds': true,
  chunked: true,
  'text-body': true,
  'withheld-secret': true,
  'line-end-added': true,
  'more-messages': true,
}

/** The notes that a saved capture holds; what is none is passed over. */
export function writtenNotes(notes: unknown): readonly CaptureNote[] {
  if (!Array.isArray(notes)) return []
  return notes.filter((note): note is CaptureNote => typeof note === 'string' && Object.hasOwn(known, note))
}
