import { describeUnknown } from './describe-unknown.js'
import type { SchemeCandidate } from './discovery.js'

const maxWidth = 100

/** What a field that is not in the captures may look like. */
const examples: Readonly<Record<string, string>> = {
  eventType: "{ json: '/type' }",
  identity: "{ json: '/path/of/an/id' }",
  toleranceSeconds: '300',
  retries: '[0, 30, 120]',
  respondWithin: '10',
  disablesAfter: '10',
}

/**
 * Writes a candidate as code to paste: `defineScheme({...})` with what is proved, and comments where something is
 * guessed or missing.
 */
export function writeSchemeCode({ scheme, unknown }: SchemeCandidate): string {
  const fields = Object.entries(scheme).filter(([, value]) => value !== undefined)
  const present = new Set(fields.map(([field]) => field))
  const comments = (field: string) =>
    unknown
      .filter((name) => name === field || name.startsWith(`${field}.`))
      .map((name) => `  // ${describeUnknown(name, scheme)}`)
  const written = fields.flatMap(([field, value]) => [
    ...comments(field),
    `  ${field}: ${write(value, `  ${field}: `.length)},`,
  ])
  const missing = unknown
    .filter((name) => !present.has(name.replace(/\..*$/, '')))
    .flatMap((name) => [
      `  // ${describeUnknown(name, scheme)}`,
      ...(examples[name] === undefined ? [] : [`  // ${name}: ${examples[name]},`]),
    ])
  return [
    "import { defineScheme } from '@countersign/core'",
    '',
    `export const ${variableName(scheme.name)} = defineScheme({`,
    ...written,
    ...(missing.length > 0
      ? ['', "  // No capture shows these; fill in what the sender's documentation says:"]
      : []),
    ...missing,
    '})',
    '',
  ].join('\n')
}

/** A name that is a word of the language gets one after it. */
function variableName(name: string): string {
  const camel = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return /^\d/.test(camel) ? `sender${camel}` : `${camel}Scheme`
}

function write(value: unknown, column: number): string {
  const inline = writeInline(value)
  if (column + inline.length <= maxWidth || typeof value !== 'object' || value === null) return inline
  const lines = Object.entries(value).map(([field, inner]) => `    ${field}: ${writeInline(inner)},`)
  return ['{', ...lines, '  }'].join('\n')
}

function writeInline(value: unknown): string {
  if (typeof value === 'string') return writeText(value)
  if (Array.isArray(value)) return `[${value.map(writeInline).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return `{ ${fields.map(([field, inner]) => `${field}: ${writeInline(inner)}`).join(', ')} }`
}

/** Single quotes as in the rest of the code; the characters in between as JSON writes them, which JavaScript reads. */
function writeText(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
  return `'${inner}'`
}
