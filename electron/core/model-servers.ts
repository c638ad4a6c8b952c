import type { Settings } from '../../shared/settings.ts'
import { OwnServer } from './llama/own-server.ts'
import { Slots } from './llm/slots.ts'
import type { Log } from './log/log.ts'

/** What belongs to one server: its slots, and how it is started. */
export type Server = { readonly slots: Slots; readonly server: OwnServer }

/** Every server that a run was given, by its place: all runs on one share its slots. */
export type Servers = Map<string, Server>

/** The server that these settings name. */
export function serverOf(settings: Settings, { servers, log }: { servers: Servers; log: Log }): Server {
  const place = placeOf(settings.openai_api_base)
  const server = servers.get(place) ?? { slots: new Slots(1), server: new OwnServer(settings, log) }
  servers.set(place, server)
  return server
}

/** Whether the server there is Paddock's own and runs otherwise than these settings say, because a run uses it. */
export const isKept = (settings: Settings, servers: Servers): boolean =>
  servers.get(placeOf(settings.openai_api_base))?.server.isKept(settings) ?? false

/** What is said of a server that is kept. */
export const keptWords = 'as it was started before the settings were changed: a run uses it'

/** Ends the servers of Paddock's own that run otherwise than these settings say, where no run uses them. */
export async function endOutdatedServers(settings: Settings, servers: Servers): Promise<void> {
  const place = placeOf(settings.openai_api_base)
  await Promise.all(
    [...servers].map(([one, { server }]) => server.endOutdated(one === place ? settings : null)),
  )
}

/** Forgets a server that is gone for good. */
export const forgetServer = (address: string, servers: Servers): void => void servers.delete(placeOf(address))

/** Where a server listens: one place for each way of writing its address. */
const placeOf = (address: string): string =>
  address
    .replace(/(?<=^http:\/\/)localhost(?=[:/]|$)/i, '127.0.0.1')
    .replace(/\/+$/, '')
    .replace(/\/v1$/, '')
