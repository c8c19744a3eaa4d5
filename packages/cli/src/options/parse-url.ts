import { InvalidArgumentError } from 'commander'

/** Checks a whole URL and returns it unchanged: a scheme may sign its exact text. */
export function parseUrl(text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text
  throw new InvalidArgumentError('Give a whole URL, for example https://shop.example.com/hooks.')
}
