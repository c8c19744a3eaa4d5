import type { Tree } from '../../../tools/sources/read-tree.js'
import { allowedPhrases, bannedWords } from './banned-words.js'

/** Pages that users and contributors read, and the sources of packages: names, comments and messages alike. */
const isRead =
  /^(docs\/|(README|CONTRIBUTING|AGENTS|GLOSSARY|SECURITY|CODE_OF_CONDUCT)\.md$|packages\/[^/]+\/(README\.md$|src\/)|examples\/.*README\.md$)/

/** A blank of a phrase may be a line's end, also in a comment. */
const patterns = bannedWords.map(({ words, say }) => ({
  pattern: new RegExp(`\\b(?:${words.source.replaceAll(' ', '[\\s*/]+')})\\b`, 'g'),
  say,
}))

/** Every banned word, with what to write instead. Also parts of names count, as in `tellFound` and `tell-found.ts`. */
export function findBannedWords(tree: Tree, allowed = allowedPhrases): string[] {
  return [...tree]
    .filter(([path]) => isRead.test(path))
    .flatMap(([path, text]) => {
      const name = path.slice(path.lastIndexOf('/') + 1)
      const inName = findIn(name, allowed).map(
        ({ found, say }) => `${path} has "${found}" in its name: say ${say}`,
      )
      const inText = findIn(text, allowed).map(
        ({ found, line, say }) => `${path}:${line} "${found}": say ${say}`,
      )
      return [...inName, ...inText]
    })
}

function findIn(text: string, allowed: typeof allowedPhrases) {
  const words = splitWords(
    allowed.reduce((rest, { phrase }) => rest.replaceAll(phrase, ' '.repeat(phrase.length)), text),
  )
  return patterns
    .flatMap(({ pattern, say }) =>
      [...words.matchAll(pattern)].map(({ 0: found, index }) => ({
        found: found.replaceAll(/[\s*/]+/g, ' '),
        line: words.slice(0, index).split('\n').length,
        say,
      })),
    )
    .sort((a, b) => a.line - b.line)
}

/** Parts names at their capitals and underscores. Hyphens part words already. */
function splitWords(text: string): string {
  return text.replaceAll(/([a-z\d])(?=[A-Z])|_/g, '$1 ').toLowerCase()
}
