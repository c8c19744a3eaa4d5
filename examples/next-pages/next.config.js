/** @type {import('next/types.js').NextConfig} */
export default {
  // API routes are under /api; senders call a shorter path.
  rewrites: async () => [{ source: '/webhooks/:scheme', destination: '/api/webhooks/:scheme' }],
}
