const mark = '[withheld]'

/** Replaces notations of secrets in a text. The longest come first: replacing a part of one would leave the rest of it. */
export function withholdInText(text: string, notations: Iterable<string>): string {
  const ordered = [...notations].sort((a, b) => b.length - a.length)
  return ordered.reduce((rest, notation) => withholdCut(rest.replaceAll(notation, mark), notation), text)
}

/** Shorter starts are common words, and reveal little. */
const minStart = 8
const cutMarks = ['…', '...']

/** Replaces a notation that was cut off: its first characters, followed by an ellipsis. */
function withholdCut(text: string, notation: string): string {
  if (!cutMarks.some((cutMark) => text.includes(cutMark))) return text
  const start = notation.slice(0, minStart)
  let cleaned = ''
  let from = 0
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, from)) {
    let end = at + start.length
    while (end < text.length && text[end] === notation[end - at]) end += 1
    const isCut = cutMarks.some((cutMark) => text.startsWith(cutMark, end))
    cleaned += text.slice(from, isCut ? at : end) + (isCut ? mark : '')
    from = end
  }
  return cleaned + text.slice(from)
}
