import { readPage } from '../docs/read-blocks.js'

/** The steps of a quickstart, one for each fenced block. */
export type Step =
  | {
      readonly do: 'run'
      /** `second` if the page runs it in a second terminal. */
      readonly terminal: 'first' | 'second'
      /** A program that keeps running, such as a server. */
      readonly runsOn: boolean
      readonly commands: readonly string[]
    }
  | { readonly do: 'write'; readonly file: string; readonly content: string }
  /** Check the output of the block before, or of the server in the first terminal. */
  | { readonly do: 'expect'; readonly terminal: 'first' | 'before'; readonly text: string }

/**
 * Reads the blocks of a page in their order, by their info strings: `sh` is a command, `sh runs on` one that keeps running,
 * `sh second terminal` one in a second terminal, `text` the output, `text first terminal` the output of the server, and a file
 * name is a file to write.
 *
 * @throws Error for a block with another info string, which would be an untested step
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
    throw new Error(`${page}: a block has the unknown info string \`${info}\`.`)
  })
}

/** One command for each line. A line that ends with a backslash continues on the next. */
function commandsOf(content: string): readonly string[] {
  return content
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '')
}
