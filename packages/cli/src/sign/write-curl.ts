import { isUtf8 } from 'node:buffer'
import type { SignedRequest } from '@countersign/testing'
import { wireText } from '@countersign/testing/http'
import { quoteWord } from '../output/quote-word.js'

/** Systems limit one argument to 128 KiB. */
const maxArgumentBytes = 100_000

/**
 * A command line for curl, for any POSIX shell. A body that an argument cannot hold is piped to it as base64.
 *
 * @returns bytes: a header's value may be none of UTF-8
 */
export function writeCurl({ method, url, headers, body }: SignedRequest): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type')
  const isText = bytes.length <= maxArgumentBytes && isUtf8(bytes) && !bytes.includes(0)
  const dataOptions =
    bytes.length === 0
      ? []
      : [
          // curl would call it a form.
          ...(hasType ? [] : [`-H 'content-type:'`]),
          isText ? `--data-raw ${quoteWord(bytes.toString('latin1'))}` : '--data-binary @-',
        ]
  const options = [
    `curl -X ${quoteWord(method)} ${quoteWord(url)}`,
    // Brackets in a URL are patterns to curl, and dots in its path are resolved.
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...(url.includes('/.') ? ['--path-as-is'] : []),
    ...headers.map(
      ([name, value]) => `-H ${quoteWord(value === '' ? `${name};` : `${name}: ${wireText(value)}`)}`,
    ),
    ...dataOptions,
  ]
  const command = `${options.join(' \\\n  ')}\n`
  const pipe =
    bytes.length === 0 || isText ? '' : `printf %s ${quoteWord(bytes.toString('base64'))} | base64 -d | `
  return Buffer.from(`${pipe}${command}`, 'latin1')
}
