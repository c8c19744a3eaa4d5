// Next runs this when the server starts, so that what is wrong with a secret shows before the first delivery.
export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') await import('./lib/check-receivers.js')
}
