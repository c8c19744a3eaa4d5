import { createHmac } from 'node:crypto'
import { hmacScheme } from '@countersign/core/schemes'
import type { Canary, CanaryRun } from './canary-run.js'

const scheme = JSON.stringify(hmacScheme({ name: 'canary', header: 'x-s' }))
const body = '{"id":1}\n'

/** Signed with the canary, and changed on its way. */
const changed = ({ text, bytes }: Canary) => {
  const signature = createHmac('sha256', bytes).update(body.trim()).digest('hex')
  return JSON.stringify({ headers: { 'x-s': signature, 'x-note': text }, body })
}

/** The canary where the signature belongs, and in the body. */
const confused = ({ text, bytes }: Canary) =>
  JSON.stringify({
    url: `https://a.example/x?token=${encodeURIComponent(text)}`,
    headers: { 'x-s': text, 'x-hub-signature-256': `sha256=${bytes.toString()}` },
    body: JSON.stringify({ id: text, data: Buffer.from(bytes).toString('base64') }),
  })

const files = () => ({ 'scheme.json': scheme })

function explainRun(name: string, stdin: (canary: Canary) => string, ...more: string[]): CanaryRun {
  return {
    name: `explain ${name} ${more.join(' ')}`,
    args: () => ['explain', '-', '--scheme', 'scheme.json', '--secret-env', 'S', '--budget', '0.2', ...more],
    stdin,
    files,
    code: [0, 1],
  }
}

/** `explain`, whose advice speaks of what it was given. */
export const explainRuns: readonly CanaryRun[] = [
  explainRun('what a line end was added to', changed),
  explainRun('what a line end was added to', changed, '--json'),
  explainRun('the secret for the signature', confused),
  explainRun('the secret for the signature', confused, '--json'),
  {
    name: 'explain with another secret in use',
    args: () => ['explain', '-', '--scheme', 'scheme.json', '--secret-env', 'O', '--secret-env', 'S'],
    stdin: changed,
    files,
    code: [0, 1],
  },
]
