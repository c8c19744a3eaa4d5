import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts', 'src/sender/index.ts', 'src/http/index.ts', 'src/vectors/index.ts'],
  format: ['esm', 'cjs'],
  dts: true,
  sourcemap: true,
  clean: true,
  target: 'node20',
})
