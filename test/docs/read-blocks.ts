import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A `ts` block of a Markdown file, written to disk as a module. */
export interface Block {
  /** Its file and line, as `README.md:12`. */
  readonly place: string
  readonly path: string
  readonly code: string
  /** Why it is compiled but not run, if its info string says `no-run: reason`. */
  readonly noRun: string | undefined
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = fileURLToPath(new URL('blocks', import.meta.url))
const skipped = new Set(['node_modules', 'dist', '.changeset', '.git', 'blocks'])

/** Paths of all Markdown files, relative to the repository's root. */
export function listPages(): readonly string[] {
  return pagesIn('').sort()
}

function pagesIn(place: string): string[] {
  return readdirSync(join(root, place), { withFileTypes: true }).flatMap((entry) => {
    const path = join(place, entry.name)
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : pagesIn(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

/** The text of a page. */
export function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}

/** An info string that names the block's file, as `app/webhooks/stripe/route.ts`. */
const fileName = /^[\w/-]+\.ts$/

/** Its blocks form one program, which `packages/express/test/page.test.ts` compiles and runs. */
const oneProgram = 'docs/adapters/express.md'

/** Reads every block and writes it to a folder in which the packages resolve as they do for a user. */
export function writeBlocks(): readonly Block[] {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  return listPages().flatMap((page) => (page === oneProgram ? [] : blocksOf(page)))
}

function blocksOf(page: string): readonly Block[] {
  const text = readPage(page)
  return [...text.matchAll(/^```ts\b[ ]*(.*)\n([\s\S]*?)^```$/gm)].map(
    ({ index, 1: info = '', 2: code = '' }) => {
      const line = text.slice(0, index).split('\n').length
      const name = page.replaceAll(/[^a-zA-Z0-9]+/g, '-')
      // Blocks with a file name import each other.
      const path = join(folder, fileName.test(info) ? join(name, info) : `${name}-line-${line}.ts`)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, `${code}export {}\n`)
      return { place: `${page}:${line}`, path, code, noRun: /^no-run: (.+)$/.exec(info)?.[1] }
    },
  )
}
