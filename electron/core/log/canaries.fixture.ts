import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A made-up secret. `mark` is the part of it by which it is found. */
export type Canary = { readonly name: string; readonly mark: string; readonly secret: string }

let count = 0
function canary(name: string, secret: (mark: string) => string): Canary {
  const mark = `C4N4RY${String(++count).padStart(2, '0')}X7Q2`
  return { name, mark, secret: secret(mark) }
}
const part = (text: string) => Buffer.from(text).toString('base64url')

/** What is in the environment for other programs: Paddock has no use for it. */
export const inEnvironment = {
  OPENAI_API_KEY: canary('a key for another service', (mark) => `sk-proj-${mark}abcdefghij`),
  AWS_ACCESS_KEY_ID: canary('the id of a cloud key', (mark) => `AKIAAAAA${mark}`),
  AWS_SECRET_ACCESS_KEY: canary('a cloud key', (mark) => `${mark}/abcdef+ghijklmnopqrst`),
  GITHUB_TOKEN: canary('a token of a code host', (mark) => `ghp_${mark}abcdefghijklmnopqrst`),
  SLACK_BOT_TOKEN: canary('a token of a chat', (mark) => `xoxb-123456789-${mark}`),
  DATABASE_URL: canary('the password of a database', (mark) => `postgres://me:${mark}@127.0.0.1/db`),
  HTTPS_PROXY: canary('the password of a proxy', (mark) => `http://me:${mark}@127.0.0.1:9`),
  ID_TOKEN: canary(
    'a signed token',
    (mark) => `${part('{"alg":"none"}')}.${part('{"sub":"someone"}')}.${mark}`,
  ),
  HF_TOKEN: canary('a token of a model host', (mark) => `hf_${mark}abcdefghijklmn`),
}

/** What lies in the workspace under names that Paddock never reads. */
export const inWorkspace = {
  '.env': canary('a password in an environment file', (mark) => `DB_PASSWORD=${mark}\n`),
  '.npmrc': canary('a token of a registry', (mark) => `//registry.example/:_authToken=${mark}\n`),
  id_rsa: canary(
    'a private key',
    (mark) => `-----BEGIN OPENSSH PRIVATE KEY-----\n${mark}abcdefgh\n-----END OPENSSH PRIVATE KEY-----\n`,
  ),
}

/** What the settings hold. */
export const inSettings = {
  key: canary('the key of the model server', (mark) => `key-"${mark}"-\\abc`),
  login: canary('a password in the address', (mark) => `http://me:${mark}@127.0.0.1:8080/v1`),
  query: canary('a key in the address', (mark) => `http://127.0.0.1:8080/v1?api_key=${mark}`),
  argument: canary('a key among the arguments', (mark) => mark),
}

/** What a server says of itself and others when something is wrong. */
export const inErrors = {
  header: canary('a header that an error quotes', (mark) => `Authorization: Bearer ${mark}`),
  address: canary('an address that an error quotes', (mark) => `http://me:${mark}@10.0.0.1/v1`),
  redirect: canary('an address that a redirect names', (mark) => `http://127.0.0.1:9/?token=${mark}`),
  event: canary('a setting that an error in the stream quotes', (mark) => `api_key=${mark}`),
}

/** All of them. */
export const canaries: readonly Canary[] = [inEnvironment, inWorkspace, inSettings, inErrors].flatMap(
  (some) => Object.values<Canary>(some),
)

/** The canaries that are in some bytes: as they are, in hex, in base64 at any offset. */
export function findCanaries(bytes: Buffer | string): string[] {
  const text = bytes.toString('latin1')
  return canaries
    .filter(({ mark }) => spellings(mark).some((one) => text.includes(one)))
    .map(({ name }) => name)
}

function spellings(mark: string): string[] {
  // What comes before and after decides the first and last characters.
  const shifted = ['', 'a', 'aa'].map((before) =>
    Buffer.from(before + mark)
      .toString('base64')
      .slice(before.length === 0 ? 0 : before.length + 1, -4),
  )
  return [mark, Buffer.from(mark).toString('hex'), ...shifted]
}

/** Every byte of the files below a folder whose path fits. */
export function bytesBelow(folder: string, fits: (path: string) => boolean): Buffer {
  if (!existsSync(folder)) return Buffer.alloc(0)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const paths = files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => fits(path.slice(folder.length + 1)))
  return Buffer.concat(paths.flatMap((path) => [Buffer.from(`${path}\n`), readFileSync(path)]))
}
