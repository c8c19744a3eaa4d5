/** @type {import('next/types.js').NextConfig} */
export default {
  // Tracing the files of a deployment takes a third of the build, and this application is not deployed.
  outputFileTracingExcludes: { '*': ['**/*'], 'next-server': ['**/*'] },
}
