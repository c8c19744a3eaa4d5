/** @type {import('next/types.js').NextConfig} */
export default {
  // API routes are below /api; senders were told a shorter path.
  rewrites: async () => [{ source: '/webhooks/:scheme', destination: '/api/webhooks/:scheme' }],
}
