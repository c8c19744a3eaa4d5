import type { SignedRequest } from '@countersign/testing'
import type { Reply } from '../wire/reply.js'

const longest = 65_536

/** An answer's headers and body as they stand, and with the escapes of JSON, HTML and URLs undone. */
export function answerTexts(reply: Reply): readonly string[] {
  const known = texts.get(reply) ?? readAnswer(reply)
  texts.set(reply, known)
  return known
}

/** They are looked through more than once. */
const texts = new WeakMap<Reply, readonly string[]>()

function readAnswer({ headers, body }: Reply): readonly string[] {
  const fields = [...headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  const text = `${fields}\n${body.slice(0, longest)}`
  return [...new Set([text, undoJson(text), undoHtml(text), undoPercent(text), text.replace(/\s+/g, '')])]
}

/** All a request said, in one text. */
export function requestText({ url, headers, body }: SignedRequest): string {
  const fields = headers.map(([, value]) => value)
  const text = [url, ...fields, Buffer.from(body).toString('latin1')].join('\n')
  return `${text}\n${undoPercent(url)}\n${fields.map(undoBasic).join('\n')}`
}

function undoJson(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_match, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll('\\n', '\n')
    .replaceAll('\\', '')
}

function undoHtml(text: string): string {
  const named: Readonly<Record<string, string>> = {
    lt: '<',
    gt: '>',
    amp: '&',
    quot: '"',
    nbsp: ' ',
    apos: "'",
  }
  return text
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/&#x([0-9a-f]{1,4});/gi, (_match, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replace(/&#(\d{1,5});/g, (_match, code: string) => String.fromCharCode(Number(code)))
    .replace(/&([a-z]+);/g, (match, name: string) => named[name] ?? match)
}

function undoPercent(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_match, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

function undoBasic(value: string): string {
  return Buffer.from(value.replace(/^Basic /, ''), 'base64').toString('latin1')
}
