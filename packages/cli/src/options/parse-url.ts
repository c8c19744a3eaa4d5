import { InvalidArgumentError } from 'commander'

/** Lets whole URLs through as they stand: a scheme may sign their very text. */
export function parseUrl(text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text
  throw new InvalidArgumentError('It takes a whole URL, as https://shop.example.com/hooks.')
}
