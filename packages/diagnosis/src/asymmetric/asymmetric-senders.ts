/** A sender that signs with a private key, and the headers by which it is told. */
export interface AsymmetricSender {
  readonly sender: string
  readonly kind: string
  /** Any of them tells it; in lower case, the signature's own first. */
  readonly headers: readonly string[]
}

/** Headers of their own: whoever sends one of them signs so, whatever else is in the request. */
export const asymmetricSenders: readonly AsymmetricSender[] = [
  // docs.discord.com/developers/interactions/overview
  { sender: 'Discord', kind: 'Ed25519', headers: ['x-signature-ed25519'] },
  // developers.telnyx.com/docs/messaging/messages/receiving-webhooks
  { sender: 'Telnyx', kind: 'Ed25519', headers: ['telnyx-signature-ed25519'] },
  // docs.fal.ai/model-endpoints/webhooks
  { sender: 'fal.ai', kind: 'Ed25519', headers: ['x-fal-webhook-signature'] },
  // developer.paypal.com/api/rest/webhooks/rest
  {
    sender: 'PayPal',
    kind: 'RSA',
    headers: ['paypal-transmission-sig', 'paypal-cert-url', 'paypal-auth-algo'],
  },
  // www.twilio.com/docs/sendgrid/for-developers/tracking-events
  { sender: 'SendGrid', kind: 'ECDSA', headers: ['x-twilio-email-event-webhook-signature'] },
  // docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
  { sender: 'AWS SNS', kind: 'RSA', headers: ['x-amz-sns-message-type'] },
  // docs.github.com/code-security/secret-scanning/secret-scanning-partnership-program
  {
    sender: 'GitHub secret scanning',
    kind: 'ECDSA',
    headers: ['github-public-key-signature', 'github-public-key-identifier'],
  },
]
