import { quoteWord } from '../output/quote-word.js'

/**
 * The command line that explains the same capture by another scheme.
 *
 * @param args what the user typed after `countersign`
 * @returns undefined where headers were typed, whose values are not repeated
 */
export function nextCommand(args: readonly string[], scheme: string): string | undefined {
  if (args.some((arg) => /^--header(=|$)/.test(arg))) return undefined
  const replaced = args.map((arg, index) => {
    if (args[index - 1] === '--scheme') return scheme
    return arg.startsWith('--scheme=') ? `--scheme=${scheme}` : arg
  })
  return ['countersign', ...replaced.map(quoteWord)].join(' ')
}
