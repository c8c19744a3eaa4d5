// Next runs this when the server starts, so that a wrong secret is reported before the first delivery.
export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') await import('./lib/check-receivers.js')
}
