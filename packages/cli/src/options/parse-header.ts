import { InvalidArgumentError } from 'commander'

type Header = readonly [name: string, value: string]

/** Collects headers written as `Name: value`. A value holds one character per byte, as in HTTP. */
export function parseHeader(text: string, before: readonly Header[] = []): readonly Header[] {
  const colon = text.indexOf(':')
  const name = text.slice(0, Math.max(colon, 0))
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
    throw new InvalidArgumentError('Write it as "Name: value".')
  return [...before, [name, Buffer.from(text.slice(colon + 1).trim(), 'utf8').toString('latin1')]]
}
