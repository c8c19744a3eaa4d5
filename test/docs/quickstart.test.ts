import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { Server as HttpServer } from 'node:http'
import { Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { compile } from '../support/compile.js'
import { listPages, readPage } from './read-blocks.js'
import { runBlock } from './run-block.js'
import { environment } from './senders.js'

const pages = listPages().filter((page) => page.startsWith('docs/quickstart/'))

/** The first program that the page shows. */
function programOf(page: string): string {
  const [, program = ''] = /^```ts [\w/-]+\.ts\n([\s\S]*?)^```$/m.exec(readPage(page)) ?? []
  return program
}

function firstBlockOf(page: string, language: 'ts' | 'sh'): string {
  const [, block = ''] =
    new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readPage(page)) ?? []
  return block.replace(/^\/\/ \S+\n/, '') // a comment with the name of the file
}

test('there are pages to test', () => {
  expect(pages.length).toBeGreaterThanOrEqual(7)
})

test.each([
  ['README.md', 'express'],
  ['packages/express/README.md', 'express'],
  ['packages/fastify/README.md', 'fastify'],
  ['packages/hono/README.md', 'hono'],
  ['packages/next/README.md', 'next'],
  ['packages/lambda/README.md', 'lambda'],
  ['packages/core/README.md', 'bun'],
  ['packages/core/README.md', 'deno'],
])('the first program of %s is that of the %s quickstart, and has the same install command', (page, name) => {
  const quickstart = `docs/quickstart/${name}.md`
  expect(firstBlockOf(page, 'ts')).toBe(programOf(quickstart))
  const commands = firstBlockOf(page, 'sh').split('\n').filter(Boolean)
  expect(commands).not.toEqual([])
  for (const command of commands) expect(readPage(quickstart).split('\n')).toContain(command)
})

/** Rows of a table of senders: `scheme` and `secret` as written in a program. */
function rowsOf(page: string) {
  return [
    ...readPage(page).matchAll(/^\| \[.+?\]\(\S+\/([\w-]+)\.md\) \| `(\w+\(.*?\))` \| `(.+?)` \|/gm),
  ].map(([, name = '', scheme = '', secret = '']) => ({ name, scheme, secret }))
}

const rows = rowsOf('docs/quickstart.md')

test('both tables name the five systems, with the same values', () => {
  const five = ['visibuild', 'visisto', 'embeddable', 'scratcher', 'fingerprinting-api']
  expect(rowsOf('README.md').map(({ name }) => name)).toEqual(expect.arrayContaining(five))
  expect(rows).toEqual(expect.arrayContaining(rowsOf('README.md')))
})

describe('with the scheme and the secret of another sender', { timeout: 60_000 }, () => {
  const servers: HttpServer[] = []
  let folder: string

  const fileOf = (name: string) => join(folder, `${name}.ts`)
  const codeFor = ({ name, scheme, secret }: (typeof rows)[number]) =>
    programOf('docs/quickstart/express.md')
      .replace('{ stripe }', `{ ${scheme.replace(/\(.*/, '')} }`)
      .replace('stripe()', scheme)
      .replace('process.env.STRIPE_WEBHOOK_SECRET', secret)
      .replace('/webhooks/stripe', `/webhooks/${name}`)

  beforeAll(async () => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    vi.spyOn(console, 'log').mockImplementation(() => {})
    const { listen } = Server.prototype
    vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args: unknown[]) {
      servers.push(this as HttpServer)
      return listen.apply(this, args as never)
    })
    // In this folder the packages resolve as they do for a user.
    folder = await mkdtemp(join(import.meta.dirname, 'senders-'))
    for (const row of rows) await writeFile(fileOf(row.name), codeFor(row))
    await writeFile(fileOf('all'), rows.map(({ name }) => `import './${name}.js'\n`).join(''))
  })

  afterAll(async () => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })

  test('the program compiles', () => {
    expect(compile(fileOf('all'))).toEqual([])
  })

  test.each(rows)('$name delivers to it', async (row) => {
    const before = servers.length
    const block = { place: `docs/quickstart.md: ${row.name}`, path: fileOf(row.name), code: codeFor(row) }
    await runBlock({ ...block, noRun: undefined }, () => servers.slice(before))
    expect(servers.length).toBe(before + 1)
  })
})
