import type { VectorNote } from '@countersign/testing'

/** Every flag a case may carry: the mistake it finds, and why the case is as it is. */
export const notes = {
  Normal: { bugType: 'FUNCTIONALITY', description: 'A delivery as the sender makes it.' },
  HeaderCase: {
    bugType: 'FUNCTIONALITY',
    description: 'Header names are the same in any case.',
    source: 'RFC 9110 section 5.1',
  },
  TruncatedMac: {
    bugType: 'AUTHENTICATION_BYPASS',
    description:
      'A right MAC, cut short. A receiver that compares only what came accepts it, in the extreme nothing at all.',
    source: 'CVE-2024-21491',
  },
  ExtendedMac: { bugType: 'AUTHENTICATION_BYPASS', description: 'A right MAC with bytes behind it.' },
  HexCase: {
    bugType: 'FUNCTIONALITY',
    description: 'Hex digits mean the same in either case.',
    source: 'RFC 4648 section 8',
  },
  SignatureSpelling: {
    bugType: 'SIGNATURE_MALLEABILITY',
    description:
      'A right MAC in another spelling than the encoding’s own. Lenient decoders accept it, and whoever stores the text as a replay guard is defeated by it.',
    source: 'RFC 4648 sections 3 and 4',
  },
  Blank: { bugType: 'SIGNATURE_MALLEABILITY', description: 'A blank or a tab where the scheme has none.' },
  Prefix: {
    bugType: 'SIGNATURE_MALLEABILITY',
    description: 'The text before the MAC is missing or another one.',
  },
  AlgorithmFromMessage: {
    bugType: 'AUTHENTICATION_BYPASS',
    description:
      'The message names an algorithm. The scheme’s own is the only one, whatever is named and however right its MAC is.',
  },
  RepeatedHeader: {
    bugType: 'AMBIGUITY',
    description: 'A signing header twice, equal or not: two components may each look at another one.',
    source: 'RFC 9110 section 5.3',
  },
  JoinedHeader: {
    bugType: 'AMBIGUITY',
    description: 'A header that came twice as many platforms show it: joined with a comma.',
    source: 'Fetch standard, Headers.get',
  },
  MissingHeader: {
    bugType: 'AUTHENTICATION_BYPASS',
    description: 'Without the header there is nothing to check, and no reason to go on.',
    source: 'RFC 9110 section 5.5',
  },
  EmptyHeader: { bugType: 'AUTHENTICATION_BYPASS', description: 'A header with nothing in it.' },
  LongHeader: { bugType: 'DENIAL_OF_SERVICE', description: 'Signing headers hold up to 4,096 characters.' },
  TooManyParts: { bugType: 'DENIAL_OF_SERVICE', description: 'Lists and pairs hold up to 16 parts.' },
  UnknownVersion: {
    bugType: 'FUNCTIONALITY',
    description: 'Signatures of versions the scheme does not know are passed over, and prove nothing.',
    source: 'standard-webhooks/standard-webhooks, spec/standard-webhooks.md',
  },
  SeveralSignatures: {
    bugType: 'FUNCTIONALITY',
    description: 'One right signature among several is enough.',
  },
  WrongSecret: {
    bugType: 'AUTHENTICATION_BYPASS',
    description: 'The proof was made with a secret the receiver does not have.',
  },
  EmptyKey: {
    bugType: 'AUTHENTICATION_BYPASS',
    description: 'The proof was made with the empty key, which is what a missing setting becomes.',
    source: 'stripe/stripe-node pull request 2841',
  },
  KeyEquivalence: {
    bugType: 'DOCUMENTATION',
    description:
      'HMAC pads its key with zero bytes, so a key and the same key with a zero byte behind it are one.',
    source: 'RFC 2104 section 2',
  },
  Rotation: {
    bugType: 'FUNCTIONALITY',
    description: 'The receiver has several secrets; each of them proves.',
  },
  ExpiredSecret: {
    bugType: 'AUTHENTICATION_BYPASS',
    description: 'A secret after its notAfter proves nothing any more.',
  },
  TamperedBody: { bugType: 'AUTHENTICATION_BYPASS', description: 'The body is not the one that was signed.' },
  TamperedTimestamp: {
    bugType: 'AUTHENTICATION_BYPASS',
    description: 'The time is not the one that was signed.',
  },
  TamperedId: {
    bugType: 'AUTHENTICATION_BYPASS',
    description: 'The delivery id is not the one that was signed.',
  },
  TamperedMethod: {
    bugType: 'AUTHENTICATION_BYPASS',
    description: 'The method is not the one that was signed.',
  },
  TamperedSignature: {
    bugType: 'AUTHENTICATION_BYPASS',
    description: 'A MAC of the right length with something in it changed.',
  },
  ReformattedBody: {
    bugType: 'FUNCTIONALITY',
    description:
      'The same JSON in other bytes. A receiver that re-serialises the body would accept it, or refuse honest ones.',
  },
  BodyDigest: {
    bugType: 'AUTHENTICATION_BYPASS',
    description:
      'The MAC covers the body’s SHA-256 in one notation. The receiver must compute it from the bytes that came: nothing else may stand in its place, and no header may state it.',
  },
  UnsignedHeader: {
    bugType: 'DOCUMENTATION',
    description:
      'A header that the signature does not cover was changed. Nothing can tell, so it must not be trusted.',
  },
  IdWithDot: {
    bugType: 'AMBIGUITY',
    description: 'A delivery id with a dot, in signed text that is separated by dots, has two readings.',
  },
  TwoTimes: {
    bugType: 'AMBIGUITY',
    description:
      'Two times in one request. The one that is checked might not be the one that was signed, so all that are stated must be the same.',
  },
  WindowEdge: {
    bugType: 'BOUNDARY',
    description: 'Exactly at the edge of the window is inside; a millisecond further is not.',
  },
  Stale: { bugType: 'REPLAY', description: 'Authentic, and older than the tolerance.' },
  Future: {
    bugType: 'REPLAY',
    description: 'Authentic, and further ahead than the tolerance. A one-sided check accepts it.',
  },
  TimestampGrammar: {
    bugType: 'REPLAY',
    description:
      'A time that lenient parsers read. The characters that are checked must be the characters that are signed, so only the plain form is read.',
    source: 'standardwebhooks 1.1.1 and stripe 23.1.0 read 123abc as 123',
  },
  TimestampMissing: {
    bugType: 'REPLAY',
    description: 'The signed body has no time where the scheme has one.',
  },
  ExactBytes: {
    bugType: 'FUNCTIONALITY',
    description:
      'Bodies that change when they are decoded, trimmed, re-written or used as a replacement text.',
  },
  Unparsable: {
    bugType: 'FUNCTIONALITY',
    description: 'The proof is right, and the body is not what it says it is.',
  },
  EmptyBody: { bugType: 'FUNCTIONALITY', description: 'No body at all. It can be signed, and is no JSON.' },
  FormBody: { bugType: 'FUNCTIONALITY', description: 'A form (application/x-www-form-urlencoded).' },
  UnsignedContentType: {
    bugType: 'AUTHENTICATION_BYPASS',
    description:
      'The content type is not signed. A receiver that reads signed JSON as the form that a header calls it takes a visitor’s words for the sender’s.',
  },
  LargeBody: { bugType: 'BOUNDARY', description: 'A body of 1 MiB.' },
  BodyLimit: {
    bugType: 'DENIAL_OF_SERVICE',
    description: 'More bytes than the receiver takes, announced or not.',
  },
  ContentLength: {
    bugType: 'AMBIGUITY',
    description: 'Content-Length says another number of bytes than came.',
  },
  ContentEncoding: { bugType: 'FUNCTIONALITY', description: 'Compressed bodies: most senders send none.' },
  Method: { bugType: 'FUNCTIONALITY', description: 'A method the sender does not use.' },
  HostileName: { bugType: 'PROTOTYPE_POLLUTION', description: 'Header or field names that objects inherit.' },
  ForwardedHeaders: {
    bugType: 'AUTHENTICATION_BYPASS',
    description: 'What a stranger says of the request’s origin changes nothing that is signed.',
    source: 'CVE-2026-28465',
  },
  BasicSyntax: {
    bugType: 'SIGNATURE_MALLEABILITY',
    description: 'The form of Basic credentials.',
    source: 'RFC 7617 section 2',
  },
  TokenSyntax: { bugType: 'SIGNATURE_MALLEABILITY', description: 'The form of a token.' },
  PublishedAnswer: { bugType: 'FUNCTIONALITY', description: 'A signature that others have published.' },
} as const satisfies Readonly<Record<string, VectorNote>>

export type Flag = keyof typeof notes
