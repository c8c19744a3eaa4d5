/**
 * Why marks are missed, and what was tried. Figures are in the results, so there are none here. A paragraph is shown only where one of
 * its marks is missed.
 *
 * @type {readonly { readonly marks: RegExp, readonly paragraph: string }[]}
 */
export const missed = [
  {
    marks: /^verify\(\) \/ snippet, with JSON\.parse, up to 8 kB/,
    paragraph:
      'both sides parse the JSON and hash the body once, and for a body of some kilobytes that is nearly all of the time: the profile ' +
      'shows the two of them far ahead of everything else. The two one-shot hashes save an object, and what remains is spent on ' +
      'headers that must come once, on strict hex and timestamps, on the identity of the delivery, its object and its promise. Tried ' +
      'and kept: no promise where nothing waits, a key with a digest only when it is read, one pass over the headers without pairs. ' +
      'Tried without gain: another decoder of UTF-8, and plain functions instead of a generator.',
  },
  {
    marks: /^verify\(\) \/ snippet, without JSON\.parse, up to 8 kB/,
    paragraph:
      'the worst cell is the shortest body, where hashing is a third of the time. The rest is what the snippet does not do: every header ' +
      'must come once, the time has one form, lengths have limits, and the result is a delivery and no boolean. From a few kilobytes on, ' +
      'most cells meet the mark.',
  },
  {
    marks: /^verify\(\) \/ snippet, .*from 64 kB/,
    paragraph:
      'at this size hashing and JSON.parse decide. The snippet decodes the body to text and encodes it again for the hash, which is ' +
      'what `verify()` saves; where the mark is missed, that was less than the spread of the run.',
  },
  {
    marks: /^verify\(\): share of the speed of SHA-256/,
    paragraph:
      'for a body of this size, nearly everything is the hash. What is missing is within the spread of the run.',
  },
  {
    marks: /^verify\(\)/,
    paragraph:
      'the worst cell is the shortest body. What is spent there is named under the marks with the snippet above.',
  },
  {
    marks: /\/ snippet$/,
    paragraph:
      'the snippet neither claims nor completes anything, holds no answer back, and bounds neither time nor memory of a body. The ' +
      'profile shows no single large part: collecting garbage, reading the body with its limits, the timers of the body and the lease, ' +
      'and the functions around the answer each take a few percent. Tried and kept: claim and completion without promises where the ' +
      'store is synchronous, an answer that passes through, a request and response that V8 does not turn into dictionaries, headers ' +
      'read in place, and a signal that is created when it is read. Not done yet: one layer of functions for all answers instead of ' +
      'functions for each, and one timer for all leases.',
  },
  {
    marks: /refusals that need no body|wrong signatures/,
    paragraph:
      'an answer to a body that is too large closes the connection, so each such request also pays for a new one. The other refusals ' +
      'cost what parsing a request and writing an answer costs in this framework, which is a large part of an accepted request, too.',
  },
  {
    marks: /growth of |good sender/,
    paragraph:
      'the server shares two processors with the flood and the sender, so that the load of the machine shows in it.',
  },
  {
    marks: /^bodies: .*big body/,
    paragraph:
      'the body and its text for `JSON.parse` are two copies, and the parsed objects a third; a body that came without its length is ' +
      'also held in chunks until its end. A body with a length goes into one buffer. The peak depends on when V8 collects what is no ' +
      'longer used.',
  },
  {
    marks: /^bodies: /,
    paragraph: 'most of the memory is that of the connection and its parser, which each slow sender holds.',
  },
  {
    marks: /^stores: Redis/i,
    paragraph:
      'a completion compares its token with the stored one, and Redis has no such command: it takes a script, whose time on the server ' +
      'is several times that of SET. Tried and kept: a first claim is one plain command, and fewer async layers around each call.',
  },
  {
    marks: /^stores: PostgreSQL/i,
    paragraph:
      'a claim is one statement, but it writes a row with more columns than the raw command does, and counts attempts. Prepared ' +
      'statements and generic plans are used already.',
  },
  {
    marks: /^stores: SQLite/i,
    paragraph:
      'each commit also writes the index by which old records are pruned, a second tree. Tried and kept: a first claim and a completion ' +
      'are one statement each, without a transaction around them. Not tried: pruning by a sweep, without the index.',
  },
  {
    marks: /^stores: memory store/,
    paragraph:
      "the text of the key and its entry in a Map take most of the bytes, and the Map's lookup and the collection of garbage most of the " +
      'time. Tried without gain: slots in typed arrays instead of an object for each claim. A hash table of our own over the bytes of ' +
      'keys would need neither.',
  },
  {
    marks: /^Weight: (verify|createReceiver)/,
    paragraph:
      'a scheme is data, so `verify` brings the code for every kind of proof, encoding, timestamp and identity, and the check of ' +
      'a scheme and of the options. Much of it is text: errors that say what is wrong and how to fix it. The receiver adds the memory ' +
      'store with its inspection, the log, the outcomes and the explanation of refusals. `weight.test.ts` keeps both from growing.',
  },
  {
    marks: /^Weight: /,
    paragraph:
      "the adapters of Node's own requests (Express, Fastify, Hono, `node:http`) share the code that reads a body from a stream " +
      'and settles a delivery before the answer ends, and each brings it. Fastify also brings `fastify-plugin`. `weight.test.ts` keeps ' +
      'all of them from growing.',
  },
]

/** @param {string} mark */
export function reasonFor(mark) {
  return missed.find(({ marks }) => marks.test(mark))?.paragraph
}
