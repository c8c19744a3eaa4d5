import type { ProfileName } from './escape-profiles.js'
import { type Aspect, type JsonAspects, sortingCause } from './json-aspects.js'
import { type LayoutName, layouts } from './layouts.js'
import type { JsonNode } from './parse-json.js'
import type { NumberWriter } from './rewrite-numbers.js'

/** The alternative chosen for each aspect. Undefined leaves that aspect unchanged. */
export interface JsonChoice {
  readonly layout: LayoutName | undefined
  readonly escapes: JsonAspects['escapes'][number] | undefined
  readonly tree: Aspect<JsonNode> | undefined
  readonly numbers: Aspect<NumberWriter> | undefined
  readonly end: '' | '\n'
  readonly steps: number
}

/** Layouts and escapes of the same serializer: one call changes both. */
const writers: Readonly<Partial<Record<LayoutName, readonly ProfileName[]>>> = {
  compact: ['least', 'ascii', 'php', 'go', 'dotnet'],
  python: ['ascii', 'least'],
  python2Indent: ['ascii'],
  indent2: ['least', 'ascii', 'go', 'dotnet', 'gson'],
  indent4: ['least', 'ascii', 'php', 'slash', 'go'],
  tab: ['least', 'go', 'ascii'],
  indent1: ['ascii'],
}
/** In files and streams these layouts end with a line break, as does everything from Go's Encoder. */
const endedLayouts: readonly (LayoutName | undefined)[] = ['indent2', 'indent4', 'tab']

/** Every combination of alternatives, with its number of steps. */
export function listChoices({ escapes, trees, numbers, layout: current }: JsonAspects): JsonChoice[] {
  const names = (Object.keys(layouts) as LayoutName[]).filter((name) => name !== current)
  const choices: JsonChoice[] = []
  for (const layout of [undefined, ...names]) {
    for (const escaping of [undefined, ...escapes]) {
      const isOneWriter = layout && escaping && writers[layout]?.includes(escaping.profile)
      const written = isOneWriter ? 1 : Number(layout !== undefined) + Number(escaping !== undefined)
      for (const tree of [undefined, ...trees]) {
        // A serializer that sorts keys does so in the same call as the layout.
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
