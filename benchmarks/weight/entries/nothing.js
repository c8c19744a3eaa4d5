// Bare Node, to compare starts with.
export {}
