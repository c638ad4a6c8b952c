import { TeamAgent } from './team-agent.ts'

/** Writes for the people who will use the project. */
export class TechnicalWriterAgent extends TeamAgent {}
