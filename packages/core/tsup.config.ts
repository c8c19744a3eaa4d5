import { defineConfig } from 'tsup'

const entries = [
  'src/index.ts',
  'src/schemes/index.ts',
  'src/fetch/index.ts',
  'src/node/index.ts',
  'src/adapter/index.ts',
  'src/stores/index.ts',
]

export default defineConfig({
  entry: [...entries, 'src/crypto/node.ts', 'src/crypto/web.ts'],
  format: ['esm', 'cjs'],
  dts: { entry: entries },
  external: ['#crypto'],
  splitting: true,
  sourcemap: true,
  clean: true,
  target: 'node20',
})
