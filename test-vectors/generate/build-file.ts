import type { SchemeDescriptor } from '@countersign/core'
import type { VectorFile, VectorNote } from '@countersign/testing'
import type { CaseDraft, GroupDraft } from './case-draft.js'
import { notes } from './notes.js'

/** A file before its cases are numbered. */
export interface FileDraft {
  readonly name: string
  readonly description: string
  readonly scheme: SchemeDescriptor
  readonly groups: readonly GroupDraft[]
}

/**
 * Leaves out cases that are equal to an earlier one, because two sets may build the same request in different ways.
 */
function withoutRepeated(groups: readonly GroupDraft[]): readonly GroupDraft[] {
  const seen = new Map<string, string>()
  const isNew = ({ secrets, options }: GroupDraft, draft: CaseDraft): boolean => {
    const { comment, flags, ...verdict } = draft
    const input = JSON.stringify([secrets, options, draft.now, draft.request])
    const stated = JSON.stringify(verdict)
    const earlier = seen.get(input)
    if (earlier !== undefined && earlier !== stated)
      throw new Error(`"${comment}" contradicts an earlier case.`)
    seen.set(input, stated)
    return earlier === undefined
  }
  return groups
    .map((group) => ({ ...group, cases: group.cases.filter((draft) => isNew(group, draft)) }))
    .filter(({ cases }) => cases.length > 0)
}

/** Numbers the cases and adds the notes of the flags that they use. */
export function buildFile({ name, description, scheme, ...draft }: FileDraft): VectorFile {
  const groups = withoutRepeated(draft.groups)
  let tcId = 0
  const numbered = groups.map(({ comment, source, secrets, options, cases }) => ({
    comment,
    ...(source !== undefined && { source }),
    secrets,
    ...(options && { options }),
    tests: cases.map((draft) => ({ tcId: ++tcId, ...draft })),
  }))
  const flags = new Set(groups.flatMap(({ cases }) => cases.flatMap((draft) => draft.flags)))
  const used = Object.entries(notes as Readonly<Record<string, VectorNote>>).filter(([flag]) =>
    flags.has(flag),
  )
  return {
    $schema: '../schema/vector-file.schema.json',
    name,
    description,
    scheme: JSON.parse(JSON.stringify(scheme)),
    numberOfTests: tcId,
    notes: Object.fromEntries(used),
    groups: numbered,
  }
}

/** The file's text: one line for each field, and short lists on one line. */
export function formatFile(file: VectorFile): string {
  const text = JSON.stringify(file, undefined, 2)
  const shortLists =
    /\[\n\s+((?:"(?:[^"\\]|\\.)*"|-?[\d.]+)(?:,\n\s+(?:"(?:[^"\\]|\\.)*"|-?[\d.]+))*)\n\s+\]/g
  return `${text.replace(shortLists, (_, items: string) => `[${items.replace(/,\n\s+/g, ', ')}]`)}\n`
}
