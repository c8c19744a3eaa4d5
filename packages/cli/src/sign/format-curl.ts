import { isUtf8 } from 'node:buffer'
import type { SignedRequest } from '@countersign/testing'
import { wireText } from '@countersign/testing/http'
import { quoteShellWord } from '../output/quote-shell-word.js'

/** Linux limits one argument to 128 KiB. */
const maxArgumentBytes = 100_000

/**
 * A command line for curl, for any POSIX shell. A body that is binary or too long for an argument is piped as base64.
 *
 * @returns bytes, because a header's value may not be UTF-8
 */
export function formatCurl({ method, url, headers, body }: SignedRequest): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type')
  const isText = bytes.length <= maxArgumentBytes && isUtf8(bytes) && !bytes.includes(0)
  const dataOptions =
    bytes.length === 0
      ? []
      : [
          // Without it, curl adds the content type of a form.
          ...(hasType ? [] : [`-H 'content-type:'`]),
          isText ? `--data-raw ${quoteShellWord(bytes.toString('latin1'))}` : '--data-binary @-',
        ]
  const options = [
    `curl -X ${quoteShellWord(method)} ${quoteShellWord(url)}`,
    // By default curl expands brackets in a URL and resolves dots in its path.
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...(url.includes('/.') ? ['--path-as-is'] : []),
    ...headers.map(
      ([name, value]) => `-H ${quoteShellWord(value === '' ? `${name};` : `${name}: ${wireText(value)}`)}`,
    ),
    ...dataOptions,
  ]
  const command = `${options.join(' \\\n  ')}\n`
  const pipe =
    bytes.length === 0 || isText ? '' : `printf %s ${quoteShellWord(bytes.toString('base64'))} | base64 -d | `
  return Buffer.from(`${pipe}${command}`, 'latin1')
}
