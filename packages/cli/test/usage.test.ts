import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { run } from './support/run.js'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const verify = ['verify', '--scheme', 'github']

test('the help names every command and exit code', async () => {
  for (const args of [['--help'], ['-h'], ['help']]) {
    const { code, stdout, stderr } = await run(args)
    expect([code, stderr]).toEqual([0, ''])
    for (const command of ['sign', 'verify']) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
    for (const exitCode of [0, 1, 2, 3, 130]) expect(stdout).toMatch(new RegExp(`^  ${exitCode} +\\w`, 'm'))
  }
})

test('without a command it prints its usage, and fails', async () => {
  const { code, stdout, stderr } = await run([])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('Usage: countersign')
})

test("the version is the package's", async () => {
  expect(await run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
})

describe('every command', async () => {
  const { stdout } = await run(['--help'])
  const names = [...(/^Commands:\n([\s\S]*?)\n\n/m.exec(stdout)?.[1] ?? '').matchAll(/^ {2}(\w+)/gm)].map(
    ([, name]) => name as string,
  )

  test.for(names.filter((name) => name !== 'help'))('%s has a help with options', async (name) => {
    const { code, stdout, stderr } = await run([name, '--help'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Usage: countersign /)
    expect(stdout).toContain('--help')
    expect(await run(['help', name])).toEqual({ code, stdout, stderr })
  })
})

const mistakes: readonly (readonly [args: readonly string[], message: string | RegExp])[] = [
  [['nonsense'], "unknown command 'nonsense'; --help lists commands and options"],
  [['sing'], "unknown command 'sing'; did you mean sign?"],
  [['verify'], "required option '--scheme <name|file>' not specified; --help lists commands and options"],
  [[...verify, '--nonsense'], "unknown option '--nonsense'; --help lists commands and options"],
  [
    [...verify, '--secret=hunter2hunter2'],
    /^unknown option '--secret'; a secret is never an argument: use --secret-env/,
  ],
  [[...verify, '--secret', 'hunter2hunter2'], /^unknown option '--secret'; a secret is never an argument/],
  [
    [...verify, 'a', 'b'],
    "too many arguments for 'verify'. Expected 1 argument but got 2; --help lists commands and options",
  ],
  [[...verify, '--now', 'hunter2hunter2'], /^option '--now <seconds>' is invalid: Give seconds/],
  [[...verify, '--now', '1767225600000'], /These are milliseconds; give seconds/],
  [[...verify, '--entry', '0'], /Give a whole number from 1/],
  [[...verify, '--tolerance', '-1'], /Give a number from 0 to/],
  [[...verify, '--url', '/hunter2hunter2'], /Give a whole URL/],
  [[...verify, '--header', 'hunter2hunter2'], /Write it as "Name: value"/],
  [verify, 'no secret; name it with --secret-env, --secret-file or --secret-stdin'],
  [[...verify, '--secret-env', 'S'], /^no capture; name its file, or - for stdin, or give --header/],
  [
    [...verify, '--secret-env', 'UNSET'],
    'the environment variable UNSET is not set; set it, or name another with --secret-env',
  ],
  [
    [...verify, '--secret-env', 'hunter2hunter2'],
    'the variable of --secret-env is not set; give the name of a variable, not the secret',
  ],
  [
    [...verify, '--secret-file', 'hunter2hunter2'],
    'cannot read the file that --secret-file names: there is no such file',
  ],
  [
    [...verify, '--secret-file', '.'],
    'cannot read the file that --secret-file names: it is a folder; name a file in it',
  ],
  [
    [...verify, '--secret-env', 'S', 'none.http'],
    'cannot read the capture "none.http": there is no such file',
  ],
  [[...verify, '--secret-env', 'S', '.'], 'cannot read the capture ".": it is a folder; name a file in it'],
  [[...verify, '--secret-env', 'S', '-'], 'stdin: the capture is empty'],
  [
    [...verify, '--secret-stdin', '-'],
    'stdin cannot hold both the secret and the capture; read one of them from a file',
  ],
  [
    [...verify, '--secret-env', 'S', 'x', '--header', 'a: b'],
    'give a file, or --header and --body-file, not both',
  ],
  [
    ['verify', '--scheme', 'nobody', '--secret-env', 'S', '--header', 'a: b'],
    /^unknown scheme "nobody"; use visisto, /,
  ],
  [
    ['verify', '--scheme', '.', '--secret-env', 'S', '--header', 'a: b'],
    'cannot read the scheme ".": it is a folder; name a file in it',
  ],
  [
    ['verify', '--scheme', 'usage.test.ts', '--secret-env', 'S', '--header', 'a: b'],
    /^"usage.test.ts" is not JSON; a scheme file holds/,
  ],
  [
    ['verify', '--scheme', '../package.json', '--secret-env', 'S', '--header', 'a: b'],
    /^Scheme "@countersign\/cli": name must be kebab-case/,
  ],
  [[...verify, '--secret-env', 'BLANK', '--header', 'a: b'], /^The secret is empty /],
  [
    [...verify, '--secret-env', 'QUOTED', '--header', 'a: b'],
    /^The secret has quotes around it; remove them/,
  ],
  [[...verify, '--secret-env', 'LINES', '--header', 'a: b'], /^The secret holds a control character/],
  [
    ['sign', '--scheme', 'github', '--secret-env', 'S', '--output', 'no/such/folder'],
    'cannot write "no/such/folder": there is no such file',
  ],
  [
    ['sign', '--scheme', 'github', '--secret-env', 'S', '--format', 'xml'],
    /Allowed choices are http, json, curl, headers/,
  ],
]

const env = {
  S: 'secret-of-the-usage-0123456789',
  BLANK: ' ',
  QUOTED: '"secret-of-the-usage-0123456789"',
  LINES: 'secret-of-the\nframe-0123456789',
}

test.for(mistakes)('%j is one line and exit code 2', async ([args, message]) => {
  const { code, stdout, stderr } = await run(args, { env, cwd: import.meta.dirname })
  expect([code, stdout]).toEqual([2, ''])
  const [, line = ''] = /^countersign: (.*)\n$/.exec(stderr) ?? []
  expect(line).toMatch(message)
  if (typeof message === 'string') expect(line).toBe(message)
  expect(stderr).not.toContain('hunter2')
})

test('Ctrl-C while stdin is awaited ends the command', async () => {
  const interruption = new AbortController()
  const stdin = new Readable({ read: () => interruption.abort() })
  const { code, stdout, stderr } = await run([...verify, '--secret-env', 'S', '-'], {
    env,
    stdin,
    interrupted: interruption.signal,
  })
  expect([code, stdout, stderr]).toEqual([130, '', 'countersign: interrupted\n'])
})

test('where a file is expected, a secret may have a line end and be any bytes', async () => {
  const text = await run(['sign', '--scheme', 'github', '--secret-stdin', '--json'], {
    stdin: `${env.S}\r\n`,
  })
  expect(text.code).toBe(0)
  const bytes = await run(['sign', '--scheme', 'github', '--secret-stdin'], {
    stdin: Buffer.from([0xff, 0, 1, 2]),
  })
  expect(bytes.code).toBe(0)
})
