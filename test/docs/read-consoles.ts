import { listPages, readPage } from './read-blocks.js'

/** A `console` block of a Markdown file: commands and their output. */
export interface ConsoleBlock {
  /** Its file and line, as `docs/cli/explain.md:12`. */
  readonly place: string
  readonly entries: readonly ConsoleEntry[]
}

/** A line after `$ ` (with its continuations after `> `) and its output on both streams. */
export interface ConsoleEntry {
  readonly command: string
  readonly output: string
}

/** Every `console` block of every page. */
export function readConsoles(): readonly ConsoleBlock[] {
  return listPages().flatMap((page) => {
    const text = readPage(page)
    return [...text.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(({ index, 1: block = '' }) => ({
      place: `${page}:${text.slice(0, index).split('\n').length}`,
      entries: readEntries(block),
    }))
  })
}

function readEntries(block: string): readonly ConsoleEntry[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((entry) => {
      const [, command = '', output = ''] = /^(.*\n(?:> .*\n)*)([\s\S]*)$/.exec(entry) ?? []
      return { command: command.replaceAll(/^> /gm, '').trim(), output: output.trimEnd() }
    })
}
