import { describe, expect, test } from 'vitest'
import { drawFlow } from '../../tools/architecture/draw-flow.js'
import { drawPackages, listEdges } from '../../tools/architecture/draw-packages.js'
import { findPlaces } from '../../tools/architecture/places.js'
import { architecturePage, renderArchitecturePage } from '../../tools/architecture/render-page.js'
import { shareLines } from '../../tools/sources/count-lines.js'
import { listPackages } from '../../tools/sources/list-packages.js'
import { readImports } from '../../tools/sources/read-imports.js'
import { readTree } from '../../tools/sources/read-tree.js'

const patience = { timeout: 60_000 }
const tree = readTree()

test(
  `${architecturePage} is of these sources: \`npx -y pnpm@12 architecture:page\` draws it`,
  patience,
  () => {
    expect(tree.get(architecturePage)).toBe(renderArchitecturePage(tree))
  },
)

describe('the page is drawn again', patience, () => {
  const { core = 0, next = 0 } = Object.fromEntries(shareLines(listPackages(tree), tree))
  const percent = (share: number, more: number) => Math.round(share * 100) + more
  const page = `
<!-- packages: begin -->
  core["core<br/>${percent(core, 1)} %"]
  next["next<br/>${percent(next, 3)} %"]
<!-- packages: end -->
<!-- flow: begin -->
<!-- flow: end -->
<!-- places: begin -->
<!-- places: end -->
`
  const changed = new Map([...tree, [architecturePage, page]])

  test('when a package has grown or shrunk by more than two points', () => {
    const drawn = renderArchitecturePage(changed)
    expect(drawn).toContain(`core["core<br/>${percent(core, 1)} %"]`)
    expect(drawn).toContain(`next["next<br/>${percent(next, 0)} %"]`)
  })

  test('when a package imports another', () => {
    expect(renderArchitecturePage(changed)).not.toContain('core --> express')
    changed.set('packages/core/src/crypto/imports-express.ts', "import '@countersign/express'")
    expect(renderArchitecturePage(changed)).toContain('  core --> express\n')
  })
})

test('a page without its marks is named', patience, () => {
  const more = new Map([...tree, [architecturePage, '# Architecture\n']])
  expect(() => renderArchitecturePage(more)).toThrow('docs/architecture.md has lost the marks "packages".')
})

test('packages are drawn as their sources import one another', () => {
  const manifest = (name: string) =>
    JSON.stringify({
      name: `@countersign/${name}`,
      exports: { '.': { '@countersign/source': './src/index.ts' } },
    })
  const sample = new Map([
    ['packages/a/package.json', manifest('a')],
    ['packages/a/src/index.ts', "import './b.js'\nimport type { B } from '@countersign/b'"],
    ['packages/a/test/a.test.ts', "import '@countersign/c'"],
    ['packages/b/package.json', manifest('b')],
    ['packages/b/src/index.ts', ''],
    ['packages/c/package.json', manifest('c')],
    ['packages/c/src/index.ts', "import '@countersign/a'"],
  ])
  const edges = listEdges(readImports(sample), listPackages(sample))
  expect(drawPackages(edges, new Map([['a', 40]]))).toBe(
    'flowchart BT\n  a["a<br/>40 %"]\n  a --> b\n  c --> a',
  )
})

describe('the flow is drawn in the order of the calls', () => {
  const step = (name: string) =>
    [`packages/core/src/steps/${name}.ts`, `export function ${name}() {}`] as const
  const sample = (verify: string, receiver: string) =>
    new Map([
      ...['first', 'second', 'claim', 'acknowledge', 'settle', 'runHandler', 'buildResponse'].map(step),
      ['packages/core/src/verify.ts', verify] as const,
      ['packages/core/src/receiver.ts', receiver] as const,
    ])
  const imported = (...names: string[]) =>
    names.map((name) => `import { ${name} } from './steps/${name}.js'\n`).join('')
  const receiver = `${imported('acknowledge', 'claim', 'settle')}claim()\nacknowledge()\nsettle()`

  test('with alternatives in one box', () => {
    const verify = `${imported('first', 'second')}second()\nverifier ? first() : second()\nother(first())`
    const flow = drawFlow(sample(verify, receiver))
    const boxes = [...flow.matchAll(/^ +(\w+\[".*"\])$/gm)].map(([, box]) => box)
    expect(boxes).toEqual([
      'verify1["second"]',
      'verify2["first or second"]',
      'verify3["first"]',
      'claim1["claim"]',
      'settle1["acknowledge"]',
      'settle2["settle"]',
    ])
  })

  test('and it is an error where a step is gone', () => {
    const files = sample(`${imported('first')}first()`, receiver)
    files.delete('packages/core/src/steps/runHandler.ts')
    expect(() => drawFlow(files)).toThrow('No step is called runHandler any more')
  })
})

test('a place that is gone, or in two files, is named', () => {
  const sample = new Map([
    ['packages/core/src/a.ts', 'export function sign() {}\nexport interface Key {}\n'],
    ['packages/core/src/b.ts', 'export type Key = string\n'],
  ])
  expect(findPlaces(sample, [['the signing', 'sign', 'packages/core/src']])).toEqual([
    { what: 'the signing', name: 'sign', file: 'packages/core/src/a.ts' },
  ])
  for (const [name, count] of [
    ['Key', 2],
    ['verify', 0],
  ] as const) {
    expect(() => findPlaces(sample, [['it', name, 'packages']])).toThrow(
      `${count} files in packages export ${name}: change its line in tools/architecture/places.js.`,
    )
  }
})
