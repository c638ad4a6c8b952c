import { TeamAgent } from './team-agent.ts'

/** Plans and writes tests, and reports bugs. */
export class QAEngineerAgent extends TeamAgent {}
