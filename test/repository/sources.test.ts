import { basename, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shareLines } from '../../tools/sources/count-lines.js'
import { listPackages } from '../../tools/sources/list-packages.js'
import { readTree } from '../../tools/sources/read-tree.js'
import { findLongFiles } from './sources/find-long-files.js'
import { type FileName, findMissingFiles } from './sources/find-missing-files.js'

const tree = readTree()
const packages = listPackages(tree)

describe('files one can read in one sitting', () => {
  test('none has more than 300 lines', () => expect(findLongFiles(tree)).toEqual([]))

  test('a longer one is named', () => {
    const lines = (count: number) => 'export {}\n'.repeat(count)
    const sample = new Map([
      ['packages/core/src/short.ts', lines(300)],
      ['packages/core/src/long.ts', lines(301)],
      ['docs/long.md', lines(400)],
    ])
    expect(findLongFiles(sample)).toEqual([
      'packages/core/src/long.ts:301 is past the limit of 300 lines: move one of its ideas into a file of its own',
    ])
  })

  test.each(packages)('half of those of $name have 80 lines or fewer', ({ files }) => {
    const sizes = files.map((file) => (tree.get(file)?.split('\n').length ?? 0) - 1).sort((a, b) => a - b)
    expect(sizes[Math.floor((sizes.length - 1) / 2)]).toBeLessThanOrEqual(80)
  })
})

test.each(packages)('the sources of $name are named in kebab-case, by what they do', ({ files }) => {
  const misnamed = files.filter((file) => {
    const name = basename(file, '.ts')
    const isVague = /(^|-)(utils?|helpers?|manager|common|misc|base)(-|$)/.test(name)
    return isVague || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)
  })
  expect(misnamed).toEqual([])
})

test('a test that replaces modules has a process of its own', () => {
  const sharing = /^packages\/(?!next\/)[^/]+\/test\/.*(?<!\.isolated)\.test\.ts$/
  const misnamed = [...tree].filter(
    ([path, text]) => sharing.test(path) && /\bvi\.(mock|doMock|resetModules)\(/.test(text),
  )
  expect(misnamed.map(([path]) => `${path}: name it *.isolated.test.ts`)).toEqual([])
})

describe('sizes', () => {
  test('no package has more than a quarter of the lines of code', () => {
    const large = [...shareLines(packages, tree)]
      .filter(([, share]) => share > 0.25)
      .map(
        ([name, share]) =>
          `packages/${name} has ${Math.round(share * 100)} % of the lines: split it by who uses it`,
      )
    expect(large).toEqual([])
  })

  test('comments and blank lines do not count', () => {
    const sample = new Map([
      ['packages/a/package.json', '{"name":"@countersign/a"}'],
      ['packages/a/src/index.ts', '/**\n * Says why.\n */\nexport const a = 1 // one\n\n// Nothing.\n'],
      ['packages/b/package.json', '{"name":"@countersign/b"}'],
      ['packages/b/src/index.ts', 'export const b = 1\nexport const c = 2\nexport const d = 3\n'],
    ])
    expect(shareLines(listPackages(sample), sample)).toEqual(
      new Map([
        ['a', 0.25],
        ['b', 0.75],
      ]),
    )
  })

  test('the root of the core has at most 8 files', () => {
    const atRoot = [...tree.keys()].filter((path) => posix.dirname(path) === 'packages/core/src')
    expect(
      atRoot.length,
      `move some of these into a folder by topic: ${atRoot.join(', ')}`,
    ).toBeLessThanOrEqual(8)
  })
})

/** The files of each adapter: docs/adapters/write-an-adapter.md says what they hold. */
const adapterFiles = [
  'index.ts',
  'types.ts',
  'webhook.ts',
  'webhook-handler.ts',
  'to-webhook-request.ts',
  'read-raw-body.ts',
  ['write-response.ts', 'to-response.ts'],
  'settle-by-answer.ts',
  'restore-body.ts',
  'body-parser-remedy.ts',
  'cache-receiver.ts',
  'wait-until.ts',
]

/** The files of each store, beside the one that it is named after: `redis-store.ts`. */
const storeFiles = [
  'index.ts',
  'options.ts',
  'client-types.ts',
  'resolve-client.ts',
  'records.ts',
  'transactions.ts',
  'inspection.ts',
  'prune-records.ts',
  'read-answer.ts',
  'describe-failure.ts',
  'schema.ts',
  'migrate.ts',
]

const named = packages.map(({ name }) => name)

/** Who knows one of a kind knows the others: these files are in the `src` of each. */
const shapes: readonly { readonly name: string; readonly files: readonly FileName[] }[] = [
  ...named
    .filter((name) => name.startsWith('store-'))
    .map((name) => ({ name, files: [...storeFiles, `${name.replace('store-', '')}-store.ts`] })),
  ...['express', 'fastify', 'hono', 'lambda', 'next'].map((name) => ({ name, files: adapterFiles })),
]

test.each(shapes)('$name has the files of its kind by the same names', ({ name, files }) => {
  expect(findMissingFiles(tree, [name], files)).toEqual([])
})

test('a package without such a file is named, unless its README has a section that says why', () => {
  const sample = new Map([
    ['packages/a/src/index.ts', ''],
    ['packages/a/src/write.ts', ''],
    ['packages/b/README.md', '# b\n\n## Files\n\nMissing are `index.ts` and `print.ts`: why.\n'],
    ['packages/c/README.md', '# c\n\nMissing is `index.ts`.\n\n## Files\n\n| `index.ts` | exports |\n'],
  ])
  expect(findMissingFiles(sample, ['a', 'b', 'c'], ['index.ts', ['write.ts', 'print.ts']])).toEqual([
    'packages/c/src has no index.ts: add it, or say why not in a section "Files" of packages/c/README.md',
    'packages/c/src has no write.ts or print.ts: add it, or say why not in a section "Files" of packages/c/README.md',
  ])
})

/** Examples that a reader copies; `demo` and `contract` are programs of another kind. */
const examples = [
  ...new Set([...tree.keys()].flatMap((path) => /^examples\/([^/]+)\/package\.json$/.exec(path)?.[1] ?? [])),
].filter((name) => name !== 'demo')

test.each(examples)('the example %s has the files of its kind by the same names', (name) => {
  const choices = [
    ['README.md'],
    ['server.js', 'server.ts'],
    ['server.test.ts', 'server.matrix.test.ts', `${name}.runtime-test.ts`, 'workerd.runtime-test.ts'],
  ]
  const missing = choices.filter((files) => !files.some((file) => tree.has(`examples/${name}/${file}`)))
  expect(missing.map((files) => `examples/${name} has no ${files.join(' or ')}`)).toEqual([])
})
