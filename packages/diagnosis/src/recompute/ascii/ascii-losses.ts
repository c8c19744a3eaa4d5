import { replaceBeyondAscii } from './ascii-escapes.js'

/** Letters and signs that do not come apart, as they are written in ASCII. */
const transliterations: ReadonlyMap<string, string> = new Map(
  'ß:ss ẞ:SS æ:ae Æ:AE œ:oe Œ:OE ø:o Ø:O đ:d Đ:D ð:d Ð:D þ:th Þ:TH ł:l Ł:L ı:i –:- —:- ‐:- −:- ‘:\' ’:\' ‚:, “:" ”:" „:" «:<< »:>> …:... •:* €:EUR £:GBP ©:(c) ®:(R) ™:(TM) ×:x'
    .split(' ')
    .map((entry) => [entry.slice(0, entry.indexOf(':')), entry.slice(entry.indexOf(':') + 1)] as const),
)

/** The text made ASCII in the ways that lose what was there, the commoner first. */
export function* asciiLosses(text: string): Generator<string> {
  const stripped = ['NFD', 'NFKD'].map((form) => text.normalize(form).replace(/\p{M}/gu, ''))
  const transliterated = [...text].map((character) => transliterations.get(character) ?? character).join('')
  const bare = transliterated.normalize('NFKD').replace(/\p{M}/gu, '')
  yield* stripped
  for (const before of [text, ...stripped, bare]) {
    yield replaceBeyondAscii(before, () => '')
    yield replaceBeyondAscii(before, (run) => '?'.repeat([...run].length))
    yield replaceBeyondAscii(before, (run) => '?'.repeat(run.length))
  }
  yield bare
  yield replaceBeyondAscii(text, (run) => '?'.repeat(Buffer.byteLength(run)))
  for (const mark of ['\ufffd', '_', ' ', '*', '.'])
    yield replaceBeyondAscii(text, (run) => mark.repeat([...run].length))
}

/** The same where bytes are cut: Node's `ascii` takes off the high bit, and its `latin1` keeps a character's low byte. */
export function cutToAscii(text: string): readonly Uint8Array[] {
  return [
    Buffer.from(text, 'utf8').map((byte) => byte & 0x7f),
    Buffer.from(text, 'latin1'),
    Buffer.from(text.replace(/[^\0-\xff]/gu, '?'), 'latin1'),
  ]
}
