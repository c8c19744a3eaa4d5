import { customer } from './stripe-payments.js'

const start = 1_768_469_400
const end = 1_771_144_200
const created = start

export const product = {
  id: 'prod_Example0001',
  object: 'product',
  active: true,
  name: 'Team',
  description: 'For up to ten people',
  default_price: 'price_Example0001',
  created,
  updated: created,
  livemode: false,
  metadata: {},
}

export const price = {
  id: 'price_Example0001',
  object: 'price',
  active: true,
  currency: 'eur',
  unit_amount: 1200,
  type: 'recurring',
  recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' },
  product: product.id,
  lookup_key: 'team_monthly',
  created,
  livemode: false,
  metadata: {},
}

export const subscription = {
  id: 'sub_Example0001',
  object: 'subscription',
  customer: customer.id,
  status: 'active',
  currency: 'eur',
  collection_method: 'charge_automatically',
  cancel_at_period_end: false,
  cancel_at: null,
  canceled_at: null,
  ended_at: null,
  start_date: start,
  billing_cycle_anchor: start,
  trial_start: null,
  trial_end: null,
  latest_invoice: 'in_123',
  items: {
    object: 'list',
    has_more: false,
    data: [
      {
        id: 'si_Example0001',
        object: 'subscription_item',
        subscription: 'sub_Example0001',
        quantity: 1,
        price,
        current_period_start: start,
        current_period_end: end,
      },
    ],
  },
  created,
  livemode: false,
  metadata: { team_id: '77' },
}

export const invoice = {
  id: 'in_123',
  object: 'invoice',
  number: 'EXAMPLE-0001',
  customer: customer.id,
  customer_email: customer.email,
  customer_name: customer.name,
  status: 'paid',
  paid: true,
  billing_reason: 'subscription_cycle',
  collection_method: 'charge_automatically',
  currency: 'eur',
  subtotal: 1200,
  total: 1200,
  amount_due: 1200,
  amount_paid: 1200,
  amount_remaining: 0,
  attempted: true,
  attempt_count: 1,
  next_payment_attempt: null,
  period_start: start,
  period_end: end,
  parent: {
    type: 'subscription_details',
    subscription_details: { subscription: subscription.id, metadata: subscription.metadata },
  },
  lines: {
    object: 'list',
    has_more: false,
    data: [
      {
        id: 'il_Example0001',
        object: 'line_item',
        amount: 1200,
        currency: 'eur',
        description: '1 × Team (at €12.00 / month)',
        quantity: 1,
        period: { start, end },
      },
    ],
  },
  hosted_invoice_url: 'https://invoice.example.com/i/in_123',
  invoice_pdf: 'https://invoice.example.com/i/in_123/pdf',
  created,
  livemode: false,
  metadata: {},
}
