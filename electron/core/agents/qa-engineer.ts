import { TeamAgent } from './team-agent.ts'

/** Tests what was built, and reports what is wrong with it. */
export class QAEngineerAgent extends TeamAgent {}
