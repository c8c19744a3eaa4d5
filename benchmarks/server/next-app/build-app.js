import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * Builds the application for production. It bundles our packages, as they are built now, so every run builds it again.
 *
 * @returns {Promise<string | undefined>} why it cannot be built
 */
export async function buildApp() {
  const program = createRequire(import.meta.url).resolve('next/dist/bin/next')
  try {
    await promisify(execFile)(process.execPath, [program, 'build'], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', CI: '1' },
      timeout: 120_000,
    })
    return undefined
  } catch (error) {
    const { stderr = '' } = /** @type {{ stderr?: string }} */ (error)
    return `next build failed: ${stderr.trim().split('\n').at(-1)}`
  }
}
