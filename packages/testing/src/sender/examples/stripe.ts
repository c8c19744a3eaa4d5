import { type MakePayload, type SenderExamples, toHexId } from './example.js'
import {
  charge,
  checkoutSession,
  customer,
  dispute,
  paymentIntent,
  refundedCharge,
} from './stripe-payments.js'
import { invoice, price, product, subscription } from './stripe-subscriptions.js'

/** The object of each event, with its previous values if the event is a change. */
const objects: Readonly<Record<string, readonly [object: object, before?: object]>> = {
  'invoice.paid': [invoice],
  'invoice.payment_succeeded': [invoice],
  'invoice.created': [{ ...invoice, status: 'draft', paid: false, amount_paid: 0, amount_remaining: 1200 }],
  'invoice.finalized': [{ ...invoice, status: 'open', paid: false, amount_paid: 0, amount_remaining: 1200 }],
  'invoice.payment_failed': [
    {
      ...invoice,
      status: 'open',
      paid: false,
      amount_paid: 0,
      amount_remaining: 1200,
      attempted: true,
      attempt_count: 1,
      next_payment_attempt: 1_768_728_600,
    },
  ],
  'checkout.session.completed': [checkoutSession],
  'checkout.session.expired': [
    { ...checkoutSession, status: 'expired', payment_status: 'unpaid', payment_intent: null },
  ],
  'payment_intent.succeeded': [paymentIntent],
  'payment_intent.created': [
    { ...paymentIntent, status: 'requires_payment_method', amount_received: 0, latest_charge: null },
  ],
  'payment_intent.payment_failed': [
    {
      ...paymentIntent,
      status: 'requires_payment_method',
      amount_received: 0,
      last_payment_error: {
        type: 'card_error',
        code: 'card_declined',
        decline_code: 'insufficient_funds',
        message: 'Your card has insufficient funds.',
      },
    },
  ],
  'charge.succeeded': [charge],
  'charge.refunded': [refundedCharge, { amount_refunded: 0, refunded: false }],
  'charge.dispute.created': [dispute],
  'customer.created': [customer],
  'customer.updated': [customer, { name: 'Ada Byron' }],
  'customer.deleted': [customer],
  'customer.subscription.created': [subscription],
  'customer.subscription.updated': [
    { ...subscription, cancel_at_period_end: true, cancel_at: 1_771_144_200 },
    { cancel_at_period_end: false, cancel_at: null },
  ],
  'customer.subscription.deleted': [
    { ...subscription, status: 'canceled', canceled_at: 1_768_469_400, ended_at: 1_768_469_400 },
  ],
  'customer.subscription.trial_will_end': [
    { ...subscription, status: 'trialing', trial_start: 1_767_864_600, trial_end: 1_768_728_600 },
  ],
  'product.updated': [product, { name: 'Starter' }],
  'price.created': [price],
}

/** docs.stripe.com/api/events/types: every event is an envelope around the object at that time. */
export const stripe: SenderExamples = {
  events: Object.fromEntries(
    Object.entries(objects).map(([name, [object, before]]): [string, MakePayload] => [
      name,
      () => ({ object, ...(before && { previous_attributes: before }) }),
    ]),
  ),
  wrap: (event, data, { newId, seconds }) => ({
    event,
    payload: {
      id: `evt_${toHexId(newId())}`,
      object: 'event',
      type: event,
      api_version: '2025-03-31.basil',
      created: seconds,
      livemode: false,
      pending_webhooks: 1,
      request: { id: 'req_0123456789abcd', idempotency_key: null },
      data: data ?? { object: {} },
    },
  }),
}
