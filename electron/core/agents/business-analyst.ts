import { TeamAgent } from './team-agent.ts'

/** Turns a requirement into stories with acceptance criteria, plans documents, and judges what is feasible. */
export class BusinessAnalystAgent extends TeamAgent {}
