/** How a language encodes one name or value of a form (`application/x-www-form-urlencoded`). */
export type FormStyle = (text: string) => string

/** `encodeURIComponent` keeps these besides letters, digits and `-_.`; other languages keep fewer. */
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

/** Replaces one escape at a time: there are few different ones, each with many occurrences. */
function lowerCased(style: FormStyle): FormStyle {
  return (text) => {
    const written = style(text)
    const escapes = new Set(written.match(/%(?:[A-F][0-9A-F]|[0-9][A-F])/g))
    return [...escapes].reduce((rest, escaped) => rest.replaceAll(escaped, escaped.toLowerCase()), written)
  }
}

/** Most common first: browsers and `URLSearchParams`; `encodeURIComponent`; PHP and Python; RFC 3986. */
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

/** All styles. Unpaired surrogates cannot be encoded, so they are replaced. */
export const formStyles: readonly FormStyle[] = styles.map(
  (style) => (text) => style(/[\ud800-\udfff]/.test(text) ? text.replace(/\p{Cs}/gu, '\ufffd') : text),
)

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

/** The fields of a form; undefined if the text is not a form. */
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
