import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts', 'src/schemes/index.ts', 'src/crypto/node.ts', 'src/crypto/web.ts'],
  format: ['esm', 'cjs'],
  dts: { entry: ['src/index.ts', 'src/schemes/index.ts'] },
  external: ['#crypto'],
  splitting: true,
  sourcemap: true,
  clean: true,
  target: 'node20',
})
