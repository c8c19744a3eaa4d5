// Writes docs/options.md from the types. With --check it writes nothing, and fails if the page does not match the types.
import { readFileSync, writeFileSync } from 'node:fs'
import { renderOptionsPage } from './render-options-page.js'

const page = new URL('../docs/options.md', import.meta.url)
const text = renderOptionsPage()
if (!process.argv.includes('--check')) writeFileSync(page, text)
else if (readFileSync(page, 'utf8') !== text) {
  console.error('docs/options.md does not match the types. To update it: `npx -y pnpm@12 options:page`.')
  process.exit(1)
}
