import type { Command } from 'commander'
import type { Terminal } from '../terminal.js'

/** Adds one command to the program: its description, options and help, and what it does. */
export type AddCommand = (program: Command, terminal: Terminal) => void
