import { TeamAgent } from './team-agent.ts'

/** Designs the project, lists its files, writes, mends and reviews code. */
export class DeveloperAgent extends TeamAgent {}
