import { execFileSync } from 'node:child_process'
import { beforeAll, describe } from 'vitest'
import { describeExample } from '../contract/describe-example.js'

const folder = new URL('./', import.meta.url)

beforeAll(() => {
  execFileSync('npx', ['tsup', 'src/main.ts', '--format', 'esm', '--silent'], { cwd: folder, stdio: 'pipe' })
}, 60_000)

describe('examples/nestjs', () => {
  describeExample(folder, { command: ['node', 'dist/main.js'] })
})
