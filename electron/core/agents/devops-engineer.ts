import { TeamAgent } from './team-agent.ts'

/** Writes what is needed to build, check and run the project elsewhere. */
export class DevOpsEngineerAgent extends TeamAgent {}
