import type { CanaryRun } from './canary-run.js'

/** Nothing listens there. */
const nobody = 'http://127.0.0.1:9/hooks'
const secret = ['--scheme', 'github', '--secret-env', 'S']

/** The commands that speak to others, with nobody there, and those that read files. */
export const sendingRuns: readonly CanaryRun[] = [
  { name: 'send to nobody', args: () => ['send', nobody, ...secret], code: 3 },
  { name: 'send to nobody --json', args: () => ['send', nobody, ...secret, '--json'], code: 3 },
  { name: 'check nobody', args: () => ['check', nobody, ...secret], code: 3 },
  { name: 'check what is no URL', args: ({ text }) => ['check', text, ...secret], code: 2 },
  {
    name: 'send to another machine',
    args: ({ text }) => ['send', `https://example.com/${encodeURIComponent(text)}`, ...secret],
    // Or nobody knows the name.
    code: [2, 3],
  },
]
