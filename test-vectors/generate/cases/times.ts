import { accepted, type CaseDraft, type CaseSet, type GroupDraft, refused } from '../case-draft.js'
import { withHeader, withoutHeader } from '../edit-request.js'
import { hasTimeBesideMac, timePositionOf } from '../signature-form.js'
import { type Subject, sentAt } from '../subject.js'
import { isoGrammar, unixGrammar } from './time-grammar.js'

const defaultToleranceSeconds = 300

/** Edges of the time window, and texts that are not a time. For schemes that sign a time. */
export const times: CaseSet = (subject) => [
  ...windowEdges(subject),
  ...grammar(subject),
  ...absentTime(subject),
]

/** Time windows other than the scheme's. */
export function toleranceGroups(subject: Subject): readonly GroupDraft[] {
  const group = (
    comment: string,
    toleranceSeconds: number | { past: number; future: number },
  ): GroupDraft => ({
    comment,
    secrets: [subject.secret],
    options: { toleranceSeconds },
    cases: windowEdges({ ...subject, scheme: { ...subject.scheme, toleranceSeconds } }),
  })
  return [
    group('A tolerance of 0 seconds', 0),
    group('A tolerance of its own on each side', { past: 3_600, future: 5 }),
  ]
}

function windowEdges(subject: Subject): readonly CaseDraft[] {
  const tolerance = subject.scheme.toleranceSeconds ?? defaultToleranceSeconds
  const { past, future } = typeof tolerance === 'number' ? { past: tolerance, future: tolerance } : tolerance
  const request = subject.sign()
  const inside = (comment: string, now: number) =>
    accepted(subject, { comment, flags: ['WindowEdge'], request, now })
  const stale = (comment: string, now: number) =>
    refused('TIMESTAMP_TOO_OLD', { comment, flags: ['Stale'], request, now, authentic: true })
  const early = (comment: string, now: number) =>
    refused('TIMESTAMP_TOO_NEW', { comment, flags: ['Future'], request, now, authentic: true })
  const oldest = sentAt + past * 1_000
  const newest = sentAt - future * 1_000
  return [
    inside('exactly now', sentAt),
    inside(`exactly ${past} seconds old`, oldest),
    stale(`a millisecond older than ${past} seconds`, oldest + 1),
    stale(`a second older than ${past} seconds`, oldest + 1_000),
    stale('ten years old', sentAt + 315_360_000_000),
    inside(`exactly ${future} seconds ahead`, newest),
    early(`a millisecond more than ${future} seconds ahead`, newest - 1),
    early(`a second more than ${future} seconds ahead`, newest - 1_000),
    early('ten years ahead', sentAt - 315_360_000_000),
    refused('SIGNATURE_MISMATCH', {
      comment: 'stale, and signed with another secret',
      flags: ['Stale', 'WrongSecret'],
      request: subject.sign({ secret: subject.otherSecret }),
      now: oldest + 1_000,
    }),
  ]
}

function grammar(subject: Subject): readonly CaseDraft[] {
  const { timestamp } = subject.scheme
  if (!timestamp) return []
  const inBody = 'json' in timestamp
  const isWholeHeader = !inBody && !hasTimeBesideMac(subject)
  const isFirst = timePositionOf(subject) === 0
  const { wrong, right } = timestamp.unit === 'iso8601' ? isoGrammar : unixGrammar(timestamp.unit)
  return [
    ...wrong.map(({ comment, text, trimmed = false }) =>
      refused('TIMESTAMP_MALFORMED', {
        comment,
        flags: ['TimestampGrammar'],
        request: atTime(subject, text),
        authentic: inBody,
        direct:
          (trimmed && (isWholeHeader || (isFirst && /^\s/.test(text)))) || (!inBody && text.includes('\n')),
      }),
    ),
    ...right.map(({ comment, text, verdict, time }) => {
      const request = atTime(subject, text)
      if (verdict === 'now') {
        return accepted(subject, {
          comment,
          flags: ['TimestampGrammar'],
          request,
          delivery: { timestamp: time ?? sentAt },
        })
      }
      const reason = verdict === 'old' ? 'TIMESTAMP_TOO_OLD' : 'TIMESTAMP_TOO_NEW'
      return refused(reason, { comment, flags: ['TimestampGrammar'], request, authentic: true })
    }),
  ]
}

function atTime(subject: Subject, text: string) {
  const { timestamp } = subject.scheme
  const inBody = timestamp && 'json' in timestamp
  return subject.sign({ timestamp: text, ...(inBody && { payload: subject.payload }) })
}

function absentTime(subject: Subject): readonly CaseDraft[] {
  const { timestamp } = subject.scheme
  if (!timestamp) return []
  const request = subject.sign()
  if ('header' in timestamp) {
    if (hasTimeBesideMac(subject)) return []
    return [
      refused('HEADER_MISSING', {
        comment: `no ${timestamp.header}`,
        flags: ['MissingHeader'],
        request: withoutHeader(request, timestamp.header),
      }),
      refused('HEADER_MALFORMED', {
        comment: `an empty ${timestamp.header}`,
        flags: ['EmptyHeader'],
        request: withHeader(request, timestamp.header, ''),
      }),
    ]
  }
  const name = timestamp.json.slice(1)
  const { [name]: _time, ...rest } = subject.payload
  const missing = (comment: string, payload: unknown) =>
    refused('TIMESTAMP_MISSING', {
      comment,
      flags: ['TimestampMissing'],
      request: subject.sign({ body: JSON.stringify(payload) }),
      authentic: true,
    })
  const malformed = (comment: string, value: unknown) =>
    refused('TIMESTAMP_MALFORMED', {
      comment,
      flags: ['TimestampGrammar'],
      request: subject.sign({ body: JSON.stringify({ ...rest, [name]: value }) }),
      authentic: true,
    })
  return [
    missing('no time in the body', rest),
    missing('null for the time', { ...rest, [name]: null }),
    missing('an empty text for the time', { ...rest, [name]: '' }),
    missing('a list instead of an object', [subject.payload]),
    missing('the time in a field that objects inherit', { ...rest, ['__proto__']: subject.payload }),
    malformed('a number for the time', sentAt),
    malformed('a list with the time', [subject.payload[name]]),
    malformed('an object for the time', { value: subject.payload[name] }),
    malformed('true for the time', true),
  ]
}
