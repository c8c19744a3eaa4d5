const everyPackage = [
  'check',
  'conformance',
  'core',
  'diagnosis',
  'express',
  'fastify',
  'hono',
  'lambda',
  'next',
  'store-postgres',
  'store-redis',
  'store-sqlite',
  'test-vectors',
  'testing',
]

/**
 * Which package's sources may import which. The core imports none; adapters and stores import only the core, so that an
 * application installs no more than it uses. Diagnosis and conformance do not import each other: a receiver in development
 * loads the one, tests of authors the other.
 */
export const allowedImports: Readonly<Record<string, readonly string[]>> = {
  core: [],

  express: ['core'],
  fastify: ['core'],
  hono: ['core'],
  lambda: ['core'],
  next: ['core'],

  'store-postgres': ['core'],
  'store-redis': ['core'],
  'store-sqlite': ['core'],

  testing: ['core'],
  diagnosis: ['core', 'testing'],
  conformance: ['core', 'testing'],
  check: ['core', 'testing'],

  cli: everyPackage,
}

/** Relative imports that leave a package, and why each is better than an import of an entry. */
export const allowedPaths: readonly { readonly from: string; readonly to: string; readonly why: string }[] = [
  {
    from: 'packages/*/test/',
    to: 'test/support/',
    why: 'servers and clients that the tests of all packages share',
  },
  { from: 'packages/*/test/', to: 'packages/*/test/support/', why: 'databases are started in one way' },
  {
    from: 'packages/*/test/',
    to: 'test-vectors/',
    why: 'the committed vectors are compared with what generates them',
  },
  {
    from: 'packages/diagnosis/test/',
    to: 'packages/conformance/test/adapter-contract/support/',
    why: 'servers in the way of the contract',
  },
  {
    from: 'examples/contract/',
    to: 'packages/*/src/',
    why: 'what the examples share is no package of its own',
  },
  {
    from: 'packages/express/test/',
    to: 'packages/core/src/node/',
    why: 'what the core does to a response is tested on those of Express, too',
  },
  {
    from: 'packages/diagnosis/test/',
    to: 'packages/core/src/explain/',
    why: 'how the core loads the package is tested where the package is',
  },
  { from: 'test/', to: 'packages/core/src/', why: 'pages are compared with tables that are no public API' },
  {
    from: 'test/',
    to: 'packages/*/test/support/',
    why: "hosts are driven by the servers of the adapters' tests",
  },
]

/** Dependencies that no file names, and what needs them. */
export const neededUnnamed: Readonly<Record<string, string>> = {
  '@nestjs/platform-express': 'Nest loads it as its HTTP server',
  '@types/express': 'the types of the HTTP server of Nest import it',
  '@types/express4-serve-static-core': 'the types of Express 4 import it',
  '@types/react': 'the types of Next.js import it',
  'class-transformer': 'the ValidationPipe of Nest loads it',
  react: 'Next.js loads it',
  'react-dom': 'Next.js loads it',
  rxjs: 'Nest loads it',
}
