import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { buildFiles } from './build-files.js'

const folder = new URL('../vectors/', import.meta.url)
const files = buildFiles()

await mkdir(folder, { recursive: true })
for (const name of await readdir(folder)) {
  if (!files.has(name)) await rm(new URL(name, folder))
}
for (const [name, text] of files) await writeFile(new URL(name, folder), text)
console.log(`${files.size} files written`)
