import { textUndo } from '../undo.js'
import { formStyles, readForm } from './form-styles.js'

/** Fields that senders put their JSON into; the commoner first. */
const fieldNames = ['payload', 'data', 'body', 'message', 'json', 'event', 'content', 'params'] as const
const maxFields = 64
/** A form is written again in many styles, which takes long for long ones. */
const maxLength = 128 * 1024

/** A form that was read, or written again. */
export const form = textUndo('container', function* (text, { contentType, formField, maxCost }) {
  const fields = text.length > maxLength ? undefined : readForm(text)
  if (fields) {
    // What is no message of its own is only one of the payload's values.
    for (const [, value] of fields.slice(0, maxFields))
      if (/^\s*[[{<]/.test(value)) yield { text: value, cause: 'body.form-not-decoded', cost: 1.1 }
    const pairs = [...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    yield { text: pairs.map((pair) => pair.join('')).join(''), cause: 'tmpl.form-parameters', cost: 1.3 }
    for (const style of formStyles) {
      const write = (list: typeof fields) => list.map((field) => field.map(style).join('=')).join('&')
      yield { text: write(fields), cause: 'body.form-reencoded', cost: 1 }
      const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      yield { text: write(sorted), cause: 'body.form-fields-reordered', cost: 1.1 }
    }
    return
  }
  const [, decodedName, decodedValue] = /^([\w.-]{1,40})=(\s*[[{].*)$/s.exec(text) ?? []
  if (decodedName !== undefined && decodedValue !== undefined) {
    for (const style of formStyles)
      yield { text: `${decodedName}=${style(decodedValue)}`, cause: 'body.form-reencoded', cost: 1 }
    yield { text: decodedValue, cause: 'body.form-not-decoded', cost: 1.1 }
    return
  }
  if (!/^\s*[[{]/.test(text)) return
  const isForm = contentType.includes('form')
  const names = [...new Set([...(formField ? [formField] : []), ...fieldNames])]
  for (const [place, name] of names.entries()) {
    const cost = (isForm ? 1 : 1.2) + place / 20
    for (const style of (isForm || place < 2) && cost <= maxCost ? formStyles : []) {
      yield { text: `${name}=${style(text)}`, cause: 'body.form-field-extracted', cost }
    }
  }
  const flat = (isForm ? 1 : 1.3) <= maxCost ? flattened(text) : undefined
  if (!flat || (!isForm && flat.some(([name]) => name.includes('[')))) return
  for (const style of formStyles) {
    const written = flat.map(([name, value]) => `${style(name)}=${style(value)}`).join('&')
    yield { text: written, cause: 'body.form-parsed', cost: isForm ? 1 : 1.3 }
    const brackets = flat.map(([name, value]) => `${name}=${style(value)}`).join('&')
    yield { text: brackets, cause: 'body.form-parsed', cost: isForm ? 1.1 : 1.4 }
  }
})

/** The fields of the form that a parser made an object of, nested as `qs` and PHP nest them. */
function flattened(text: string): readonly (readonly [name: string, value: string])[] | undefined {
  const fields: (readonly [string, string])[] = []
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    for (const [name, item] of Object.entries(value)) add(name, item)
  } catch {
    return undefined
  }
  return fields.length > 0 && fields.length <= maxFields * 4 ? fields : undefined

  function add(name: string, value: unknown): void {
    if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) add(`${name}[${key}]`, item)
    } else if (value !== null) fields.push([name, String(value)])
  }
}
