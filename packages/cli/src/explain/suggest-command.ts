import { quoteShellWord } from '../output/quote-shell-word.js'

/**
 * The command line that explains the same capture with another scheme.
 *
 * @param args what the user typed after `countersign`
 * @returns undefined if headers were typed: their values may be secret and are not repeated
 */
export function suggestCommand(args: readonly string[], scheme: string): string | undefined {
  if (args.some((arg) => /^--header(=|$)/.test(arg))) return undefined
  const replaced = args.map((arg, index) => {
    if (args[index - 1] === '--scheme') return scheme
    return arg.startsWith('--scheme=') ? `--scheme=${scheme}` : arg
  })
  return ['countersign', ...replaced.map(quoteShellWord)].join(' ')
}
