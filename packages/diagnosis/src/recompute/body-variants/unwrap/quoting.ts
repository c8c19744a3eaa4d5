import { textUndo } from '../undo.js'

/** The body was text that was put into quotes or escaped, or the other way round. */
export const quoting = textUndo('container', function* (text, { maxCost }) {
  const trimmed = text.trim()
  const string = (cause: string, cost: number, undone: string | undefined) =>
    undone === undefined ? [] : [{ text: undone, cause, cost }]
  if (trimmed.startsWith('"')) yield* string('body.json-string-literal', 1, parseString(trimmed))
  const inner = /^(["'`])(.*)\1$/s.exec(trimmed)?.[2]
  yield* string('body.wrapped-in-quotes', 1.1, inner)
  if (text.includes('\\')) {
    yield* string(
      'body.backslash-escaped',
      1.1,
      parseString(`"${trimmed.replace(/[\n\r\t]/g, escapeControl)}"`),
    )
    yield* string('body.backslash-escaped', 1.2, text.replace(/\\(["'\\/])/g, '$1'))
    yield* string('body.backslash-escaped', 1.2, text.replace(/\\r/g, '\r').replace(/\\n/g, '\n'))
  }
  if (maxCost >= 1.3) yield* string('body.json-string-unwrapped', 1.3, JSON.stringify(text))
})

function escapeControl(character: string): string {
  return JSON.stringify(character).slice(1, -1)
}

function parseString(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
