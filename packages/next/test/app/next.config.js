/** @type {import('next/types.js').NextConfig} */
export default {
  // Which files a deployment would need is a question that takes a third of the build, and nobody asks here.
  outputFileTracingExcludes: { '*': ['**/*'], 'next-server': ['**/*'] },
}
