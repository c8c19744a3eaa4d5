import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { followPage } from './follow-page.js'
import { readSteps } from './read-steps.js'

/** Follows a page that needs nothing but a shell. */
async function follow(...blocks: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-page-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const text = blocks.map((block) => `\`\`\`${block}\n\`\`\`\n`).join('\n')
  const options = { folder, port: 4711, env: process.env, patienceMs: 3_000 }
  return { folder, followed: await followPage(readSteps('a page', text), options) }
}

const answered = 'sh second terminal\necho 204 in 3 ms'

test('variables, folders, files and servers of a step are available to the steps after it', async () => {
  const { folder } = await follow(
    'sh\nmkdir app && cd app\nexport NAME=ada',
    'ts app/greeting.txt\nhello 3000',
    'sh runs on\necho "$NAME: $(cat greeting.txt)"; sleep 60',
    'text\nada: hello 4711',
    'sh second terminal\ncd app',
    'sh second terminal\nread LINE < greeting.txt; echo "204, \\\n  $LINE, [$NAME]"',
    'text\n204, hello …, []',
    'text first terminal\nada: …',
  )
  expect(await readFile(join(folder, 'app/greeting.txt'), 'utf8')).toBe('hello 4711\n')
})

test.each([
  ['a command fails', ['sh\nls no-such-folder', answered], /ended with \d+/],
  ['another line is printed', ['sh\necho one two', 'text\none', answered], /The page shows/],
  [
    'the server prints another line',
    ['sh runs on\necho no; sleep 60', 'text\nyes', answered],
    /Nothing like/,
  ],
  ['the server prints nothing new', ['sh\necho one', answered, 'text first terminal\ntwo'], /Nothing like/],
  ['the shell ends', ['sh\nexit 3', answered], /Nothing like/],
  ['no delivery is taken', ['sh\necho 401 in 3 ms'], /No delivery was answered 2xx/],
  ['a block has an unknown info string', ['sh in a hurry\necho'], /unknown info string/],
])('a page fails if %s', { timeout: 20_000 }, async (_, blocks, reason) => {
  await expect(follow(...blocks)).rejects.toThrow(reason)
})
