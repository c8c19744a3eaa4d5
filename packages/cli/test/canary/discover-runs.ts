import type { Canary, CanaryRun } from './canary-run.js'

const everywhere = ({ text }: Canary) =>
  JSON.stringify({
    url: `https://a.example/x?token=${encodeURIComponent(text)}`,
    headers: {
      'x-token': text,
      'x-signature': Buffer.from(text.padEnd(32).slice(0, 32)).toString('hex'),
      'x-timestamp': '1767225600',
    },
    body: JSON.stringify({ type: text, id: text }),
  })

const args = (...more: string[]) => ['discover', '-', '--secret-env', 'S', '--budget', '0.1', ...more]

/** `discover`, which finds the token here, and prints where. */
export const discoverRuns: readonly CanaryRun[] = [
  { name: 'discover', args: () => args(), stdin: everywhere, code: [0, 1] },
  {
    name: 'discover --json',
    args: () => args('--json', '--save', 'scheme.json'),
    stdin: everywhere,
    code: [0, 1],
  },
  { name: 'discover what is no capture', args: () => args(), stdin: ({ bytes }) => bytes, code: 2 },
]
