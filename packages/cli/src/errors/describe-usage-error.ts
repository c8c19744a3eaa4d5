/**
 * Commander's message as one line. Commander quotes what was typed, which may be a secret in the wrong place: the line
 * keeps the names of options and drops all values.
 */
export function describeUsageError(message: string): string {
  const line = message
    .replace(/^error: /, '')
    .replace(/ argument '.*' is invalid\./s, ' is invalid:')
    .replace(/value '.*' is invalid for argument '([^']*)'\./s, '$1 is invalid:')
    .replace(/unknown command '.*'/s, (found) => (/'[a-z-]{1,20}'$/.test(found) ? found : 'unknown command'))
    .replace(/unknown option '.*'/s, (found) => `unknown option '${findOptionName(found)}'`)
    .replace(/\s+/g, ' ')
    .replace(/[:.]? $/, '')
  return `${line.replace(/ \(Did you mean ([^)]*)\?\)$/, '; did you mean $1?')}${findAdvice(line)}`
}

function findOptionName(found: string): string {
  return /'(-{1,2}[a-z][a-z-]{0,24})/.exec(found)?.[1] ?? '-'
}

function findAdvice(line: string): string {
  if (line.includes("'--secret'"))
    return '; a secret is never an argument: use --secret-env, --secret-file or --secret-stdin'
  return line.includes('Did you mean') || line.includes(': ') ? '' : '; --help lists commands and options'
}
