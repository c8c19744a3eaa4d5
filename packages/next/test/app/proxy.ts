import { NextResponse } from 'next/server.js'

// With it Next cuts the bodies of these routes off.
export const config = { matcher: '/behind-proxy' }

export function proxy() {
  return NextResponse.next()
}
