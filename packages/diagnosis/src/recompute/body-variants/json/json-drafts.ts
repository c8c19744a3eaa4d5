import type { JsonAspects } from './json-aspects.js'
import type { JsonChoice } from './json-choices.js'
import { layouts } from './layouts.js'
import type { JsonText } from './parse-json.js'
import { writeJson } from './write-json.js'

/** A text whose strings are still to be written. */
type Draft = (writeString: ((raw: string) => string) | undefined) => string

/** Larger texts are written anew each time: as many drafts of them would fill the memory. */
const maxKeptLength = 256 * 1024
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[-+.\w]+/gs
const gap = '\0'

/**
 * Writes a text in all but its escapes once, and then with any escapes: strings that no writer would escape otherwise
 * become part of what does not change.
 *
 * @returns undefined for a draft that cannot be: members of a text in a layout of its own cannot be moved
 */
export function createDrafts(
  { root, before, after }: JsonText,
  text: string,
  aspects: JsonAspects,
): (choice: JsonChoice) => Draft | undefined {
  const kept = new Map<string, Draft | undefined>()
  const isChangeable = changeableIn(aspects)
  return (choice) => {
    const name = [
      choice.layout ?? '',
      choice.tree ? aspects.trees.indexOf(choice.tree) : '',
      choice.numbers ? aspects.numbers.indexOf(choice.numbers) : '',
    ].join()
    if (!kept.has(name)) {
      if (text.length > maxKeptLength) kept.clear()
      kept.set(name, draft(choice))
    }
    return kept.get(name)
  }

  function draft({ layout = aspects.layout, tree, numbers }: JsonChoice): Draft | undefined {
    const slots: string[] = []
    const string = (raw: string): string => {
      if (!isChangeable(raw)) return raw
      slots.push(raw)
      return gap
    }
    const other = numbers?.writer ?? ((raw: string) => raw)
    if (layout === undefined && tree) return undefined
    const written = layout
      ? before + writeJson(tree?.writer ?? root, layouts[layout], { string, other }) + after
      : writeTokens(text, string, other)
    const pieces = written.split(gap)
    return (writeString = (raw) => raw) =>
      slots.reduce((whole, raw, index) => whole + writeString(raw) + pieces[index + 1], pieces[0] ?? '')
  }
}

/** Whether any writer of escapes would write a string otherwise. */
function changeableIn({ escapes }: JsonAspects): (raw: string) => boolean {
  const known = new Map<string, boolean>()
  return (raw) => {
    const isKnown = known.get(raw)
    if (isKnown !== undefined) return isKnown
    const changes = escapes.some(({ writer }) => writer(raw) !== raw)
    known.set(raw, changes)
    return changes
  }
}

/** In a layout of its own only the tokens are written. The names of members stand before what they name. */
function writeTokens(
  text: string,
  string: (raw: string) => string,
  other: (raw: string, name: string | undefined) => string,
): string {
  let name: string | undefined
  return text.replace(token, (raw) => {
    if (!raw.startsWith('"')) return other(raw, name)
    name = raw
    return string(raw)
  })
}
