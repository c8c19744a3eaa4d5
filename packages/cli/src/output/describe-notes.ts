import type { CaptureNote } from '@countersign/diagnosis'

const texts: Readonly<Record<CaptureNote, string>> = {
  'parsed-body':
    'the capture holds a parsed body; it was written as JSON again, which may differ from what was sent',
  'cut-off': 'the capture ends before its Content-Length',
  'bare-line-feeds':
    'the header lines end with LF instead of CRLF, so an editor or a log changed the capture',
  chunked: 'the body was chunked and has been joined',
  'text-body': 'the body was stored as text; bytes that are not UTF-8 are lost',
  'withheld-secret': 'values of headers were withheld when the capture was saved',
  'line-end-added': 'one line end after the body, beyond Content-Length, was dropped',
  'more-messages': 'other messages after this one were dropped',
}

/** What was noticed while reading a capture, in words. */
export function describeNotes(notes: readonly CaptureNote[]): readonly string[] {
  return notes.map((note) => texts[note])
}
