import type { CaseSet, GroupDraft } from './case-draft.js'
import { absence } from './cases/absence.js'
import { algorithmNames } from './cases/algorithm-names.js'
import { bodies } from './cases/bodies.js'
import { macLengths } from './cases/mac-lengths.js'
import { macSpelling } from './cases/mac-spelling.js'
import { normal } from './cases/normal.js'
import { prefixes } from './cases/prefix.js'
import { repetition } from './cases/repetition.js'
import { bodyLimit, requests } from './cases/requests.js'
import { rotationOf } from './cases/rotation.js'
import { secretGroups, wrongSecrets } from './cases/secrets.js'
import { tampering } from './cases/tampering.js'
import { times, toleranceGroups } from './cases/times.js'
import { hmacOf } from './signature-form.js'
import type { Subject } from './subject.js'

const limit = 2_048

/** All cases of a sender's scheme. */
export function senderGroups(subject: Subject, ...more: readonly CaseSet[]): readonly GroupDraft[] {
  return [...signatureGroups(subject, bodies, requests, ...more), limitGroup(subject)]
}

/** The cases of every scheme that signs. */
export function signatureGroups(subject: Subject, ...more: readonly CaseSet[]): readonly GroupDraft[] {
  const { scheme } = subject
  const sets: readonly CaseSet[] = [
    normal,
    absence,
    macLengths,
    macSpelling,
    ...(hmacOf(subject).prefix === undefined ? [] : [prefixes]),
    algorithmNames,
    repetition,
    wrongSecrets,
    tampering,
    ...(scheme.timestamp ? [times] : []),
    ...more,
  ]
  return [
    { comment: 'One secret', secrets: [subject.secret], cases: sets.flatMap((set) => set(subject)) },
    ...secretGroups(subject),
    ...(scheme.timestamp ? toleranceGroups(subject) : []),
  ]
}

/** The cases of a format with several signatures. All other cases do not depend on the format. */
export function rotationGroups(subject: Subject, ...more: readonly CaseSet[]): readonly GroupDraft[] {
  const sets = [normal, absence, macSpelling, repetition, wrongSecrets, tampering, ...more]
  return [
    { comment: 'One secret', secrets: [subject.secret], cases: sets.flatMap((set) => set(subject)) },
    ...secretGroups(subject),
    ...rotationOf(subject),
  ]
}

/** A limit small enough for bodies in a file. */
export function limitGroup(subject: Subject): GroupDraft {
  return {
    comment: `A limit of ${limit} bytes`,
    secrets: [subject.secret],
    options: { maxBodyBytes: limit },
    cases: bodyLimit(limit)(subject),
  }
}
