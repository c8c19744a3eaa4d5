import { fileURLToPath } from 'node:url'
import { bundleWorker } from './bundle-worker.js'
import type { RuntimeName } from './runtimes.js'

/** The arguments with which a runtime's binary runs the program under test. */
export async function programArguments(runtime: RuntimeName): Promise<string[]> {
  switch (runtime) {
    case 'workerd':
      return ['serve', await bundleWorker(program('workerd.js'), program('workerd.capnp')), '--control-fd=1']
    case 'deno':
      return ['run', '--no-prompt', '--allow-net=127.0.0.1', '--allow-env=ADAPTER', program('deno.js')]
    case 'bun':
      return [program('bun.js')]
    default:
      return [program('node.js')]
  }
}

function program(name: string): string {
  return fileURLToPath(new URL(`./programs/${name}`, import.meta.url))
}
