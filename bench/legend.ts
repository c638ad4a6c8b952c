/** What the table cannot say by itself. */
export const legend = `
Paddock: durable ledger, raw answers synced, drafts extracted, outputs written. openai floor: the bare client and
promises. fetch floor: bare fetch and a hand-written reader. All three work in the same process, take turns, and ask
the same scripted server in a process of its own, which sends one token a chunk; where several turns were taken the
value is the median. ratio: against the openai floor, or against what the row names. Rows of the start, of many graphs
and of kept memory have fresh processes for each contender.
Not here, since they need a model: seconds of an inference (S97) and minutes of a workflow (S99). They stand in each
run's summary and in \`paddock status\`.
`
