import type { ProfileName } from './escape-profiles.js'
import { type Aspect, type JsonAspects, sortingCause } from './json-aspects.js'
import { type LayoutName, layouts } from './layouts.js'
import type { JsonNode } from './parse-json.js'
import type { NumberWriter } from './rewrite-numbers.js'

/** The writer chosen for each aspect. Undefined leaves the text as it is in that aspect. */
export interface JsonChoice {
  readonly layout: LayoutName | undefined
  readonly escapes: JsonAspects['escapes'][number] | undefined
  readonly tree: Aspect<JsonNode> | undefined
  readonly numbers: Aspect<NumberWriter> | undefined
  readonly end: '' | '\n'
  readonly steps: number
}

/** Layout and escapes that are one writer's: one call of it brings both. */
const writers: Readonly<Partial<Record<LayoutName, readonly ProfileName[]>>> = {
  compact: ['least', 'ascii', 'php', 'go', 'dotnet'],
  python: ['ascii', 'least'],
  python2Indent: ['ascii'],
  indent2: ['least', 'ascii', 'go', 'dotnet', 'gson'],
  indent4: ['least', 'ascii', 'php', 'slash', 'go'],
  tab: ['least', 'go', 'ascii'],
  indent1: ['ascii'],
}
/** Written to files and streams, these end with a line end; so does all that Go's Encoder writes. */
const endedLayouts: readonly (LayoutName | undefined)[] = ['indent2', 'indent4', 'tab']

/** Every combination of writers, with the number of steps each takes. */
export function listChoices({ escapes, trees, numbers, layout: current }: JsonAspects): JsonChoice[] {
  const names = (Object.keys(layouts) as LayoutName[]).filter((name) => name !== current)
  const choices: JsonChoice[] = []
  for (const layout of [undefined, ...names]) {
    for (const escaping of [undefined, ...escapes]) {
      const isOneWriter = layout && escaping && writers[layout]?.includes(escaping.profile)
      const written = isOneWriter ? 1 : Number(layout !== undefined) + Number(escaping !== undefined)
      for (const tree of [undefined, ...trees]) {
        // A writer that sorts its keys does that and its layout in one call.
        const isSorting = tree?.faults[0]?.cause === sortingCause
        const moved = tree && !(isSorting && layout) ? 1 : 0
        for (const number of [undefined, ...numbers]) {
          const steps = written + moved + Number(number !== undefined)
          if (number && (steps > 2 || (tree && layout))) continue
          const choice = { layout, escapes: escaping, tree, numbers: number, steps }
          choices.push({ ...choice, end: '' })
          const canEnd = endedLayouts.includes(layout) || escaping?.profile === 'go'
          if (canEnd && !tree && !number) choices.push({ ...choice, end: '\n' })
        }
      }
    }
  }
  return choices
}
