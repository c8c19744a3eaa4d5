/** @type {import('next/types.js').NextConfig} */
export default {
  // Tracing the files of a deployment takes a third of the build, and these tests deploy nothing.
  outputFileTracingExcludes: { '*': ['**/*'], 'next-server': ['**/*'] },
}
