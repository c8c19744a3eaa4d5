const created = 1_768_469_400

export const customer = {
  id: 'cus_ExampleAda0001',
  object: 'customer',
  created,
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  phone: null,
  currency: 'eur',
  balance: 0,
  delinquent: false,
  livemode: false,
  metadata: { user_id: '2001' },
}

const address = {
  city: 'London',
  country: 'GB',
  line1: '12 Example Street',
  line2: null,
  postal_code: 'SW1A 1AA',
  state: null,
}
const billing = { address, email: customer.email, name: customer.name, phone: null }

export const paymentIntent = {
  id: 'pi_Example0001',
  object: 'payment_intent',
  amount: 1200,
  amount_capturable: 0,
  amount_received: 1200,
  currency: 'eur',
  customer: customer.id,
  status: 'succeeded',
  description: 'Order 5001',
  payment_method: 'pm_Example0001',
  payment_method_types: ['card'],
  latest_charge: 'ch_Example0001',
  last_payment_error: null,
  capture_method: 'automatic',
  created,
  livemode: false,
  metadata: { order_id: '5001' },
}

export const charge = {
  id: 'ch_Example0001',
  object: 'charge',
  amount: 1200,
  amount_captured: 1200,
  amount_refunded: 0,
  captured: true,
  paid: true,
  refunded: false,
  disputed: false,
  status: 'succeeded',
  currency: 'eur',
  customer: customer.id,
  payment_intent: paymentIntent.id,
  payment_method: paymentIntent.payment_method,
  billing_details: billing,
  receipt_email: customer.email,
  receipt_url: 'https://pay.example.com/receipts/ch_Example0001',
  created,
  livemode: false,
  metadata: { order_id: '5001' },
}

export const refundedCharge = { ...charge, amount_refunded: 1200, refunded: true }

export const dispute = {
  id: 'dp_Example0001',
  object: 'dispute',
  amount: 1200,
  charge: charge.id,
  currency: 'eur',
  payment_intent: paymentIntent.id,
  reason: 'fraudulent',
  status: 'needs_response',
  is_charge_refundable: false,
  evidence_details: { due_by: created + 604_800, has_evidence: false, past_due: false, submission_count: 0 },
  created,
  livemode: false,
  metadata: {},
}

export const checkoutSession = {
  id: 'cs_test_Example0001',
  object: 'checkout.session',
  mode: 'payment',
  status: 'complete',
  payment_status: 'paid',
  amount_subtotal: 1200,
  amount_total: 1200,
  currency: 'eur',
  client_reference_id: '5001',
  customer: customer.id,
  customer_email: null,
  customer_details: { ...billing, tax_exempt: 'none', tax_ids: [] },
  payment_intent: paymentIntent.id,
  subscription: null,
  invoice: null,
  success_url: 'https://shop.example.com/thanks',
  cancel_url: 'https://shop.example.com/basket',
  created,
  expires_at: created + 86_400,
  livemode: false,
  metadata: { order_id: '5001' },
}
