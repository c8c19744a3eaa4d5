import { hmacScheme, tokenScheme } from '@countersign/core/schemes'
import type { Canary, CanaryRun } from './canary-run.js'

const scheme = { name: 'canary', signature: { algorithm: 'hmac-sha256', header: 'x-s', encoding: 'hex' } }
const bodyScheme = JSON.stringify(hmacScheme({ name: 'canary', header: 'x-s', eventType: { json: '/type' } }))
const tokenInQuery = JSON.stringify(tokenScheme({ name: 'canary', query: 'token' }))
const tokenInHeader = JSON.stringify(tokenScheme({ name: 'canary', header: 'x-token' }))

const secret = ['--secret-env', 'S']
const other = ['--secret-env', 'O']

/** The canary wherever a sender or a stranger can put it. */
const everywhere = ({ text }: Canary) =>
  JSON.stringify({
    method: 'POST',
    url: `https://a.example/x?token=${encodeURIComponent(text)}`,
    headers: { 'x-token': text, 'x-s': text, authorization: `Basic ${Buffer.from(text).toString('base64')}` },
    body: JSON.stringify({ type: text, id: text, nested: Buffer.from(`x${text}`).toString('base64') }),
  })

const files = {
  'hmac.json': bodyScheme,
  'query.json': tokenInQuery,
  'header.json': tokenInHeader,
}
const withFiles =
  (more?: (canary: Canary) => Readonly<Record<string, string | Uint8Array>>) => (canary: Canary) => ({
    ...files,
    ...more?.(canary),
  })

/** The canary as body, event and id, and as the secret that signs it. */
const signArgs = (format: string, schemeFile: string) => [
  ...['sign', '--scheme', schemeFile, ...secret, '--format', format, '--payload', 'payload.json'],
]
const payload = withFiles(({ text }) => ({
  'payload.json': JSON.stringify({ type: text, data: [Buffer.from(text).toString('hex'), `ab${text}`] }),
}))

const signRuns: readonly CanaryRun[] = ['http', 'json', 'curl', 'headers'].flatMap((format) =>
  ['hmac.json', 'query.json', 'header.json'].flatMap((schemeFile): CanaryRun[] => [
    {
      name: `sign ${format} ${schemeFile}`,
      args: () => signArgs(format, schemeFile),
      files: payload,
      code: 0,
    },
    {
      name: `sign ${format} ${schemeFile} to a file`,
      args: () => [...signArgs(format, schemeFile), '--output', 'saved'],
      files: payload,
      code: 0,
    },
  ]),
)

/** These also read as a header. */
const isCredentials = (text: string) => /^\w+:/.test(text)

const verifyRuns: readonly CanaryRun[] = [
  'hmac.json',
  'query.json',
  'header.json',
  'github',
  'scratcher',
].flatMap((schemeName) =>
  [[], ['--json']].flatMap((json): CanaryRun[] => [
    {
      name: `verify ${schemeName} ${json}`,
      args: () => ['verify', '-', '--scheme', schemeName, ...secret, ...json],
      stdin: everywhere,
      files: withFiles(),
      // A token is right, and credentials too, where the secret is credentials at all.
      code: ({ text }) => {
        if (schemeName === 'scratcher') return isCredentials(text) ? 0 : 2
        return ['query.json', 'header.json'].includes(schemeName) ? 0 : 1
      },
    },
  ]),
)

const bad = (
  name: string,
  args: (canary: Canary) => readonly string[],
  more: Partial<CanaryRun> = {},
): CanaryRun => ({
  name,
  args,
  files: withFiles(),
  code: 2,
  ...more,
})

const mistakes: readonly CanaryRun[] = [
  bad('unknown command', ({ text }) => [text]),
  bad('secret as an option', ({ text }) => ['verify', '--scheme', 'github', `--secret=${text}`]),
  bad('secret as an unknown option', ({ text }) => ['verify', '--scheme', 'github', `--${text}`]),
  bad('secret as the variable', ({ text }) => ['verify', '--scheme', 'github', '--secret-env', text, '-']),
  bad('secret as the file', ({ text }) => ['verify', '--scheme', 'github', '--secret-file', text, '-']),
  bad('secret as a number', ({ text }) => ['verify', '--scheme', 'github', ...secret, '--now', text]),
  bad('secret as a header', ({ text }) => ['verify', '--scheme', 'github', ...secret, '--header', text], {
    code: ({ text }) => (isCredentials(text) ? 1 : 2),
  }),
  bad('secret as a URL', ({ text }) => ['verify', '--scheme', 'github', ...secret, '--url', text]),
  bad('secret as a format', ({ text }) => ['sign', '--scheme', 'github', ...secret, '--format', text]),
  bad('secret as the capture', ({ text }) => ['verify', text, '--scheme', 'github', ...secret]),
  bad('secret as the scheme', ({ text }) => ['verify', '-', '--scheme', text, ...secret], {
    stdin: everywhere,
  }),
  bad('secret as the output', ({ text }) => [
    'sign',
    '--scheme',
    'github',
    ...secret,
    '--output',
    `no/${text}`,
  ]),
  bad('secret as the scheme file', () => ['verify', '-', '--scheme', 'broken.json', ...secret], {
    stdin: everywhere,
    files: ({ bytes }) => ({ 'broken.json': bytes }),
  }),
  bad('secret in a scheme', () => ['verify', '-', '--scheme', 'odd.json', ...secret], {
    stdin: everywhere,
    files: ({ text }) => ({ 'odd.json': JSON.stringify({ ...scheme, [text]: text }) }),
  }),
  bad('secret as the name of a scheme', () => ['verify', '-', '--scheme', 'odd.json', ...secret], {
    stdin: everywhere,
    files: ({ text }) => ({ 'odd.json': JSON.stringify({ ...scheme, name: text }) }),
  }),
  bad('secret as the whole capture', () => ['verify', '-', '--scheme', 'github', ...secret], {
    stdin: ({ bytes }) => bytes,
  }),
  bad('secret in broken JSON', () => ['verify', '-', '--scheme', 'github', ...secret], {
    stdin: ({ text }) => `{"headers": {"a": "${text}`,
  }),
  bad('secret in a broken header', () => ['verify', '-', '--scheme', 'github', ...secret], {
    stdin: ({ text }) => `POST / HTTP/1.1\r\n${text}\r\n\r\n`,
    code: ({ text }) => (isCredentials(text) ? 1 : 2),
  }),
  bad('secret twice from stdin', () => ['verify', '-', '--scheme', 'github', '--secret-stdin'], {
    stdin: ({ bytes }) => bytes,
  }),
  bad('secret from stdin', () => ['verify', '--scheme', 'github', '--secret-stdin', '--header', 'a: b'], {
    stdin: ({ bytes }) => bytes,
    code: 1,
  }),
  bad('secret from a file', () => ['verify', '-', '--scheme', 'github', '--secret-file', 'secret'], {
    stdin: everywhere,
    files: ({ bytes }) => ({ secret: bytes }),
    code: 1,
  }),
  bad('other secret first', () => ['verify', '-', '--scheme', 'github', ...other, ...secret, '--json'], {
    stdin: everywhere,
    code: 1,
  }),
  bad('payload that is no JSON', () => ['sign', '--scheme', 'github', ...secret, '--payload', '-'], {
    stdin: ({ bytes }) => bytes,
  }),
]

/** All of `sign` and `verify`, and the frame they share with the others. */
export const signAndVerifyRuns: readonly CanaryRun[] = [...signRuns, ...verifyRuns, ...mistakes]
