import { InvalidArgumentError } from 'commander'

/** Reads a whole number in a range; for commander's options. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    throw new InvalidArgumentError(
      max === Number.MAX_SAFE_INTEGER
        ? `It takes a whole number from ${min}.`
        : `It takes a whole number from ${min} to ${max}.`,
    )
  }
}

/** Reads a number that may have a fraction; for commander's options. */
export function decimalNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    throw new InvalidArgumentError(`It takes a number from ${min} to ${max}.`)
  }
}
