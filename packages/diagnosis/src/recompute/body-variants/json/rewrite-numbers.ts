/** Writes the number tokens of a text as another language would; words and what does not apply stay. */
export type NumberWriter = (raw: string, name: string | undefined) => string

const integer = /^-?(0|[1-9]\d*)$/
const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/
const moneyName =
  /amount|price|total|cost|fee|tax|rate|balance|value|sum|subtotal|discount|paid|due|weight|lat|lng|lon/i

/** What `JSON.parse` and other readers make of numbers, undone: which zeros there were nobody can tell, so these are guesses. */
export const numberWriters: readonly NumberWriter[] = [
  (raw) => (number.test(raw) ? shortest(raw) : raw),
  (raw) => (integer.test(raw) ? `${raw}.0` : raw),
  (raw) => withDecimals(raw, 2),
  (raw, name) => (isMoney(name) && integer.test(raw) ? `${raw}.0` : raw),
  (raw, name) => (isMoney(name) ? withDecimals(raw, 2) : raw),
  (raw) => (raw.includes('.') ? withDecimals(raw, 2) : raw),
  // PHP before 7.1: 0.1 is 0.10000000000000001.
  (raw) =>
    number.test(raw) && raw.includes('.')
      ? Number(raw)
          .toPrecision(17)
          .replace(/\.?0+$/, '')
      : raw,
  (raw) => (raw.includes('.') ? raw.replace(/0+$/, '').replace(/\.$/, '.0') : raw),
]

/** As JavaScript writes it. */
function shortest(raw: string): string {
  const value = Number(raw)
  return Number.isFinite(value) ? String(value) : raw
}

function withDecimals(raw: string, digits: number): string {
  if (!/^-?\d{1,15}(\.\d{1,2})?$/.test(raw)) return raw
  const [whole = '', decimals = ''] = raw.split('.')
  return `${whole}.${decimals.padEnd(digits, '0')}`
}

function isMoney(name: string | undefined): boolean {
  return name !== undefined && moneyName.test(name)
}
