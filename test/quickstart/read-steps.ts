import { readPage } from '../docs/read-blocks.js'

/** What a reader of a quickstart does, one step for each fenced block. */
export type Step =
  | {
      readonly do: 'run'
      /** `second` for what the page has typed into a second terminal. */
      readonly terminal: 'first' | 'second'
      /** A program that goes on, as a server. */
      readonly runsOn: boolean
      readonly commands: readonly string[]
    }
  | { readonly do: 'write'; readonly file: string; readonly content: string }
  /** Look at what the block before printed, or at the first terminal, where the server prints. */
  | { readonly do: 'expect'; readonly terminal: 'first' | 'before'; readonly text: string }

/**
 * Reads the blocks of a page in their order, by their info strings: `sh` is a command, `sh runs on` one that does not end, `sh second terminal`
 * one beside it, `text` what is printed, `text first terminal` what the server prints, and everything with a file name is that file.
 *
 * @throws Error for a block that says none of this: a step that nobody would test
 */
export function readSteps(page: string, text = readPage(page)): readonly Step[] {
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', content = '']): Step => {
    const [language = '', ...words] = info.split(' ')
    const rest = words.join(' ')
    if (language === 'sh' && ['', 'runs on', 'second terminal'].includes(rest)) {
      const terminal = rest === 'second terminal' ? 'second' : 'first'
      return { do: 'run', terminal, runsOn: rest === 'runs on', commands: commandsOf(content) }
    }
    if (language === 'text' && ['', 'first terminal'].includes(rest))
      return { do: 'expect', terminal: rest === '' ? 'before' : 'first', text: content.trimEnd() }
    if (language !== 'sh' && language !== 'text' && /^[\w/-]+\.\w+$/.test(rest))
      return { do: 'write', file: rest, content }
    throw new Error(`${page}: nobody knows what to do with a block \`${info}\`.`)
  })
}

/** One for each line; a backslash at the end of a line goes on in the next. */
function commandsOf(content: string): readonly string[] {
  return content
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '')
}
