/** Words that read as if translated, and what a developer of today writes. Other forms of a word count, too. */
export const bannedWords: readonly { readonly words: RegExp; readonly say: string }[] = [
  { words: /tell|tells|told|telling/, say: 'report, notify, print or log' },
  { words: /mend\w*/, say: 'fix' },
  { words: /pledge\w*/, say: 'promise or deferred completion' },
  { words: /whoever|whosoever/, say: 'anyone who, or name who it is' },
  { words: /whatsoever/, say: 'at all' },
  { words: /lest/, say: 'so that ... not' },
  { words: /thereof|therein|thereby|hereby|whereby|wherein/, say: 'of it, in it, by this, by which' },
  { words: /forthwith/, say: 'at once' },
  { words: /hitherto/, say: 'until now' },
  { words: /hence/, say: 'so' },
  { words: /shall/, say: 'must or will' },
  { words: /ought/, say: 'should' },
  { words: /nought|naught/, say: 'zero or nothing' },
  { words: /aside/, say: 'apart, away or beside' },
  { words: /stand|stands|stood/, say: 'is, lies or means' },
  { words: /hand(?:s|ed|ing)?(?: \w+){0,2} over/, say: 'pass' },
  { words: /(?:see|sees|saw|seen|seeing) to it/, say: 'ensure' },
  { words: /(?:make|makes|made|making) good/, say: 'fix or repair' },
  { words: /upon/, say: 'on' },
  { words: /whilst/, say: 'while' },
]

/** Where one of the words is right: its text, and why. */
export const allowedPhrases: readonly { readonly phrase: string; readonly why: string }[] = [
  { phrase: 'queue, pledge |', why: 'the glossary says which word to avoid' },
  { phrase: 'enlistment, pledge |', why: 'the glossary says which word to avoid' },
]
