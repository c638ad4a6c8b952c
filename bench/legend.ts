/** What the table cannot say by itself. */
export const legend = `
Paddock: durable ledger, raw answers durable with their commit, drafts extracted, log and audit written, outputs written and synced;
backups of outputs only where a row says so. openai floor: the bare client and promises. fetch floor: bare fetch and a
hand-written reader. All three work in one process, take turns, and ask the same scripted server, which is a process of
its own: what it costs is not counted. It sends each token by itself, as a model server does; "flooded" means that many
may travel together. A value is the median of several turns after some to warm up. ratio: against the openai floor, or
against what the row names. The rows of the start, of many graphs at once and of kept memory have fresh processes.
The rows of the window have a scripted core: what they show is the page in Chromium without a graphics card, where frames
that come late on an empty page are the machine's. Its main thread's share is in time of the processor.
The corpus is generated from seeds and written by hand; "line and fence" is a plain reader such as public projects have,
in the column of the floor. \`node bench/corpus/report.ts --misses\` lists what was missed.
Not here, as they need a model: seconds of an inference (S97) and minutes of a workflow (S99). A run's summary and
\`paddock status\` tell them.
`
