import { readFile, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../../shared/errors.ts'
import { errorCode, explainFileError } from '../files/file-errors.ts'
import { makeFolder } from '../files/make-folder.ts'
import { checkEndpoint } from '../llm/endpoint.ts'
import { tryLock } from '../store/owner.ts'
import { readYaml } from '../yaml-text.ts'
import { configError } from './config-error.ts'
import { keepVersion, readVersion, versionsFolder } from './config-versions.ts'
import { quoted } from './describe-setting.ts'
import { editYaml } from './edit-yaml.ts'
import { decode, mostBytes } from './parsed-files.ts'
import { closestKey, faultsOf } from './read-values.ts'
import { settingKeys, type SettingKey } from './setting-keys.ts'
import { writePrivate } from './write-private.ts'
import { readYamlSettings } from './yaml-settings.ts'

/**
 * Sets one key, dotted, in a person's configuration file, or takes it out where the value is null; comments stay. The
 * version before is kept. Throws `invalid`, and changes nothing, where the file could not be used afterwards, or names a
 * server that every run would refuse.
 */
export async function changeSetting(file: string, key: string, value: unknown): Promise<void> {
  const setting = settingKeys.get(key)
  if (!setting) {
    const meant = closestKey(key)
    throw new AppError('invalid', `${quoted(key)} is no setting.`, {
      hint: meant === null ? '`paddock config` lists them all.' : `Did you mean ${meant}?`,
    })
  }
  const change = value ?? null
  const faults = change === null ? [] : faultsOf(setting, change)
  if (faults.length > 0) throw configError(faults.map(({ message }) => message))
  await replaceFile(file, async (before) => {
    const after = edit(file, before, setting, change)
    if (setting.key === 'openai_api_base' && change !== null)
      checkEndpoint(String(change), allowedHostsIn(file, after))
    return Buffer.from(after)
  })
}

/** Puts an earlier version of a configuration file back; what is replaced is kept as a version too. */
export async function restoreConfig(file: string, version: string): Promise<void> {
  await replaceFile(file, () => readVersion(file, version))
}

/** Reads, changes and writes the file while no other process does the same. */
async function replaceFile(file: string, change: (before: Buffer | null) => Promise<Buffer>): Promise<void> {
  const unlock = await lock(file)
  try {
    const before = await readOrNull(file)
    const after = await change(before)
    if (before?.equals(after)) return
    check(file, after)
    if (before !== null) await keepVersion(file, before)
    // A link, as from a folder of settings under version control, stays one.
    await writePrivate(before === null ? file : await realpath(file), after)
  } finally {
    unlock()
  }
}

const longestWaitMs = 10_000

/** The system drops the lock with the process. */
async function lock(file: string): Promise<() => void> {
  const folder = versionsFolder(file)
  try {
    makeFolder(folder, 0o700)
  } catch (error) {
    throw explainFileError(error, `make the folder ${folder}`)
  }
  const end = performance.now() + longestWaitMs
  while (performance.now() < end) {
    const held = lockNow(join(folder, '.lock'))
    if (held) return () => held.close()
    await sleep(20)
  }
  throw new AppError('unavailable', `${file} is being changed by another program.`, {
    hint: 'Wait until it has ended, then try again.',
  })
}

function lockNow(path: string) {
  try {
    return tryLock(path, 0)
  } catch (error) {
    throw new AppError('unavailable', `The folder ${dirname(path)} cannot be written to.`, {
      hint: 'Check who owns it, and whether the disk has space.',
      cause: error,
    })
  }
}

async function readOrNull(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw explainFileError(error, `read ${file}`)
  }
}

function edit(file: string, before: Buffer | null, setting: SettingKey, value: unknown): string {
  const text = before === null ? '' : textOf(file, before)
  const yaml = readYaml(text)
  // Other settings may be wrong: this may be the change that mends them.
  if (yaml.problems.length > 0) throw configError(readYamlSettings(file, yaml).problems)
  try {
    return editYaml(text, setting.path, value)
  } catch (error) {
    throw new AppError('invalid', `${setting.key} cannot be set in ${file} as it is.`, {
      hint: 'Change the file by hand.',
      cause: error,
    })
  }
}

const allowedHostsIn = (file: string, text: string): string[] =>
  (readYamlSettings(file, readYaml(text)).given.get('allowed_hosts')?.value as string[] | undefined) ?? []

function check(file: string, bytes: Buffer): void {
  const { problems } = readYamlSettings(file, readYaml(textOf(file, bytes)))
  if (problems.length > 0) throw configError(problems)
}

function textOf(file: string, bytes: Buffer): string {
  const text = bytes.length > mostBytes ? null : decode(bytes)
  if (text !== null) return text
  throw configError([`${file}: It is no text in UTF-8 of at most ${mostBytes / 1024} KB.`])
}
