import { posix } from 'node:path'
import type { Example } from './read-examples.js'

/** A name that an entry exports. */
export interface EntryName {
  readonly name: string
  readonly entry: string
  /** The file of the entry. */
  readonly path: string
  readonly isType: boolean
}

/**
 * The imports that an example of few lines leaves to the reader's editor: those of what Countersign exports, from the
 * entry nearest to the example. An example that imports anything imports everything itself.
 */
export function importNames({ code, file }: Example, exported: readonly EntryName[]): string {
  if (/^import /m.test(code)) return ''
  const distance = (path: string) => (file.startsWith(`${posix.dirname(path)}/`) ? -path.length : 0)
  const chosen = new Map<string, EntryName>()
  for (const found of exported.toSorted((a, b) => distance(a.path) - distance(b.path))) {
    const { name } = found
    const isUsed = new RegExp(`(?<![.\\w])${name}\\b`).test(code)
    const isDeclared = new RegExp(`\\b(const|let|function|class|type|interface) ${name}\\b`).test(code)
    if (isUsed && !isDeclared && !chosen.has(name)) chosen.set(name, found)
  }
  return [...chosen.values()]
    .map(({ name, entry, isType }) => `import ${isType ? 'type ' : ''}{ ${name} } from '${entry}'`)
    .join('\n')
}
