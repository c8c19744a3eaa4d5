import type { CaptureNote } from '@countersign/diagnosis'

const texts: Readonly<Record<CaptureNote, string>> = {
  'parsed-body':
    'the body was an object; its JSON is taken for the body, which may differ from what was sent',
  'cut-off': 'the capture ends before its own length says it should',
  'bare-line-feeds': 'the header lines end with LF alone, so an editor or a log has had the capture',
  chunked: 'the body came in chunks and was put together',
  'text-body': 'the body passed through a text; bytes that are no UTF-8 are lost',
  'withheld-secret': 'values of headers were left out when the capture was saved',
  'line-end-added': 'one line end after the body, beyond Content-Length, was left out',
  'more-messages': 'other messages after this one were left out',
}

/** What reading a capture showed, in words. */
export function describeNotes(notes: readonly CaptureNote[]): readonly string[] {
  return notes.map((note) => texts[note])
}
