/** The part of docs/performance.md that no measurement changes. It has no figures. */
export const introduction = `# Performance

Each thing is measured side by side with what people use instead: both take turns in short slices of one run, on the same
machine, and each slice gives a ratio. Tables and plots show the median of these ratios, and their quartiles. Ratios carry over
to other machines better than times do; still, run it on yours:

\`\`\`sh
npx -y pnpm@12 bench                          # prints the tables
npx -y pnpm@12 bench --quick                  # sooner, with more spread
npx -y pnpm@12 bench --only verify --write    # also writes this page and its pictures
\`\`\`

[benchmarks/README.md](../benchmarks/README.md) says what each side does and why that is fair. Everything below is written by
\`--write\` from [the figures](performance/results.json); a test compares the two.
`
