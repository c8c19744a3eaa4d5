// Draws the pictures of docs/architecture.md from the sources. With --check it writes nothing, and fails if they differ.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { architecturePage, renderArchitecturePage } from './architecture/render-page.js'
import { readTree, root } from './sources/read-tree.js'

const tree = readTree()
const text = renderArchitecturePage(tree)
if (!process.argv.includes('--check')) writeFileSync(join(root, architecturePage), text)
else if (tree.get(architecturePage) !== text) {
  console.error(
    `${architecturePage} does not match the sources. To update it: \`npx -y pnpm@12 architecture:page\`.`,
  )
  process.exit(1)
}
