/** How a language writes one name or value of a form (`application/x-www-form-urlencoded`). */
export type FormStyle = (text: string) => string

/** `encodeURIComponent` is fast and keeps these beside letters, digits and `-_.`; the other languages keep fewer. */
const alwaysKept = "!~*'()"

function styleOf(kept: string, space: '+' | '%20'): FormStyle {
  const others = [...alwaysKept].filter((character) => !kept.includes(character))
  const escaped = new RegExp(`[${others.join('')}]`, 'g')
  return (text) => {
    const written = encodeURIComponent(text)
    const whole = others.length === 0 ? written : written.replace(escaped, percent)
    return space === '+' ? whole.replaceAll('%20', '+') : whole
  }
}

/** One escape at a time: there are few of them, and many places where they stand. */
function lowerCased(style: FormStyle): FormStyle {
  return (text) => {
    const written = style(text)
    const escapes = new Set(written.match(/%(?:[A-F][0-9A-F]|[0-9][A-F])/g))
    return [...escapes].reduce((rest, escaped) => rest.replaceAll(escaped, escaped.toLowerCase()), written)
  }
}

/** The commoner first: browsers and `URLSearchParams`; `encodeURIComponent`; PHP and Python; RFC 3986. */
const styles: readonly FormStyle[] = [
  styleOf('*', '+'),
  styleOf(alwaysKept, '%20'),
  styleOf('', '+'),
  styleOf('~', '%20'),
  styleOf('~', '+'),
  lowerCased(styleOf('*', '+')),
  lowerCased(styleOf('~', '%20')),
  lowerCased(styleOf('~', '+')),
]

/** All styles; half a surrogate pair cannot be written in any. */
export const formStyles: readonly FormStyle[] = styles.map(
  (style) => (text) => style(/[\ud800-\udfff]/.test(text) ? text.replace(/\p{Cs}/gu, '\ufffd') : text),
)

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

/** The fields of a form; undefined where the text is none. */
export function readForm(text: string): readonly (readonly [name: string, value: string])[] | undefined {
  if (!/^[^\s=&{}"]+=[^\s{}"]*(&[^\s=&]+=[^\s&]*)*$/.test(text)) return undefined
  try {
    return text.split('&').map((field) => {
      const at = field.indexOf('=')
      return [unescapeForm(field.slice(0, at)), unescapeForm(field.slice(at + 1))]
    })
  } catch {
    return undefined
  }
}

function unescapeForm(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}
