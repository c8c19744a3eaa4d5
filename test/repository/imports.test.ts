import { describe, expect, test } from 'vitest'
import { listManifests, listPackages } from '../../tools/sources/list-packages.js'
import { readImports } from '../../tools/sources/read-imports.js'
import { readTree, type Tree } from '../../tools/sources/read-tree.js'
import { allowedImports, allowedPaths } from './imports/allowed-imports.js'
import { findCircles } from './imports/find-circles.js'
import { findForbiddenImports } from './imports/find-forbidden-imports.js'
import { findPrivateImports } from './imports/find-private-imports.js'
import { findUndeclared } from './imports/find-undeclared.js'
import { findUnused } from './imports/find-unused.js'

/** What the rules ask of a tree. */
function read(tree: Tree) {
  return { tree, imports: readImports(tree), packages: listPackages(tree), workspaces: listManifests(tree) }
}

const repository = read(readTree())

/** Two packages, of which one breaks a rule by `text`. */
function readSample(text: string, file = 'packages/express/src/webhook.ts') {
  const manifest = (name: string, more: object = {}) =>
    JSON.stringify({
      name: `@countersign/${name}`,
      exports: { '.': { '@countersign/source': './src/index.ts' } },
      ...more,
    })
  return read(
    new Map([
      ['package.json', JSON.stringify({ name: 'countersign', devDependencies: { vitest: '1' } })],
      ['packages/core/package.json', manifest('core')],
      ['packages/core/src/index.ts', ''],
      [
        'packages/express/package.json',
        manifest('express', { peerDependencies: { '@countersign/core': '1' }, devDependencies: { pg: '1' } }),
      ],
      [
        'packages/express/src/index.ts',
        "export * from './webhook.js'\nimport '@countersign/core'\nimport 'pg'",
      ],
      [file, text],
    ]),
  )
}

describe('a package is imported by its entries', () => {
  const find = ({ imports, packages }: typeof repository) => findPrivateImports(imports, packages)

  test('everywhere', () => expect(find(repository)).toEqual([]))

  test.each([
    [
      "import '@countersign/core/src/errors.js'",
      "imports '@countersign/core/src/errors.js', which is no entry: import one of @countersign/core",
    ],
    [
      "import '../../core/src/index.js'",
      "leaves its folder by '../../core/src/index.js': import '@countersign/core'",
    ],
    [
      "import '../../../tools/print.js'",
      "leaves its folder by '../../../tools/print.js': move what it needs into the package",
    ],
  ])('%s is named', (text, problem) => {
    expect(find(readSample(text))).toEqual([`packages/express/src/webhook.ts:1 ${problem}`])
  })

  test('no exception is left over', () => {
    const { imports, packages } = repository
    const count = (allowed: typeof allowedPaths) => findPrivateImports(imports, packages, allowed).length
    const all = count(allowedPaths)
    const unneeded = allowedPaths.filter(
      (allowed) => count(allowedPaths.filter((other) => other !== allowed)) === all,
    )
    expect(
      unneeded.map(({ from, to }) => `${from} -> ${to} in imports/allowed-imports.ts: remove it`),
    ).toEqual([])
  })
})

describe('every import is declared, and every dependency imported', () => {
  test('everywhere', () => {
    const { imports, tree, workspaces } = repository
    expect([...findUndeclared(imports, workspaces), ...findUnused(tree, workspaces)]).toEqual([])
  })

  test('an undeclared one is named, and a dev dependency in what is published', () => {
    const { imports, workspaces } = readSample("import 'qs'\nimport type { Socket } from 'node:net'")
    const where = 'add it to dependencies or peerDependencies of packages/express/package.json'
    expect(findUndeclared(imports, workspaces)).toEqual([
      `packages/express/src/index.ts:3 imports 'pg': ${where}`,
      `packages/express/src/webhook.ts:1 imports 'qs': ${where}`,
    ])
  })

  test('a test may import what is declared for tests, and no more', () => {
    const { imports, workspaces } = readSample(
      "import 'pg'\nimport 'vitest'\nimport 'qs'",
      'packages/express/test/a.test.ts',
    )
    expect(findUndeclared(imports, workspaces).at(-1)).toBe(
      "packages/express/test/a.test.ts:3 imports 'qs': add it to devDependencies of packages/express/package.json",
    )
  })

  test('an unused one is named', () => {
    const { tree } = readSample('')
    const without = read(new Map([...tree, ['packages/express/src/index.ts', "import '@countersign/core'"]]))
    expect(findUnused(without.tree, without.workspaces)).toEqual([
      "packages/express/package.json declares 'pg', which nothing there uses: remove it",
    ])
  })
})

describe('no files import each other in a circle', () => {
  test('in any package', () => expect(findCircles(repository.imports)).toEqual([]))

  test('a circle is named as a chain, also where it is of types', () => {
    const { imports } = readSample("\nimport type { Webhook } from './index.js'")
    expect(findCircles(imports)).toEqual([
      'packages/express/src/index.ts:1 -> packages/express/src/webhook.ts:2 -> packages/express/src/index.ts: move what they share into a file that imports none of them',
    ])
  })
})

describe('which package may import which', () => {
  const find = ({ imports, packages }: typeof repository) =>
    findForbiddenImports(imports, packages, allowedImports)

  test('is in the table', () => expect(find(repository)).toEqual([]))

  test('the table has no package that is gone', () => {
    const names = repository.packages.map(({ name }) => name)
    expect(Object.keys(allowedImports).filter((name) => !names.includes(name))).toEqual([])
  })

  test('an import that it forbids is named', () => {
    expect(find(readSample("\n\nexport { sign } from '@countersign/testing'"))).toEqual([
      'packages/express/src/webhook.ts:3 imports testing: express may import only core',
    ])
  })

  test('a package that it lacks is named', () => {
    const { tree } = readSample('')
    const more = read(new Map([...tree, ['packages/koa/package.json', '{"name":"@countersign/koa"}']]))
    expect(find(more)).toEqual([
      'packages/koa is not in the table: add it to test/repository/imports/allowed-imports.ts',
    ])
  })

  test('diagnosis and conformance do not know each other', () => {
    expect(allowedImports.diagnosis).not.toContain('conformance')
    expect(allowedImports.conformance).not.toContain('diagnosis')
  })
})
