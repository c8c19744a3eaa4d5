import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Builds an example of Next.js, as its `prestart` script does. It needs no secret. */
export async function buildNext(folder: URL): Promise<void> {
  const { PATH } = process.env
  await promisify(execFile)(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    cwd: folder,
    env: { PATH, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  }).catch(({ stdout, stderr }) => {
    throw new Error(`next build failed:\n${stdout}\n${stderr}`)
  })
}
