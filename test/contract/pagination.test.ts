import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { paginateListUsers } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { iamOf, presentClock } from '../aws-query/clients.ts'
import { type Account, type Installation, keyOf, openInstallation } from '../support/installation.ts'
import { findTool, toolEnvironment } from './aws-tools.ts'

const SCRIPT = path.join(import.meta.dirname, 'boto3-client.py')
const USERS = 2500
const PAGE_SIZE = 100
const TIMEOUT = 300_000

let installation: Installation
let account: Account
let made = 0
beforeAll(async () => {
  installation = await openInstallation({ clock: presentClock() })
})
afterAll(() => installation.stop())
beforeEach(async () => {
  account = await installation.openAccount()
})

const nameOf = (n: number) => `user-${String(n).padStart(4, '0')}`

const rowOf = (name: string) => ({
  accountId: account.accountId,
  id: `AIDA${String(++made).padStart(17, 'A')}`,
  name,
  nameKey: name,
  createdAt: installation.clock(),
})

async function createUsers(names: readonly string[]): Promise<void> {
  await installation.db.user.createMany({ data: names.map(rowOf) })
}

async function deleteUsers(names: readonly string[]): Promise<void> {
  await installation.db.user.deleteMany({ where: { accountId: account.accountId, name: { in: [...names] } } })
}

async function* pagesOfSdk(): AsyncGenerator<string[]> {
  const paginator = paginateListUsers({ client: iamOf(installation, account.rootKey), pageSize: PAGE_SIZE }, {})
  for await (const { Users = [] } of paginator) yield Users.map(({ UserName = '' }) => UserName)
}

function boto3(...args: readonly string[]) {
  const script = spawn('python3', [SCRIPT, installation.url, ...args], {
    env: toolEnvironment(keyOf(account.rootKey)),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(script, 'close')
  return { script, lines: createInterface({ input: script.stdout }), ended }
}

async function* pagesOfBoto3(): AsyncGenerator<string[]> {
  const { script, lines, ended } = boto3('list-users', String(PAGE_SIZE))
  for await (const line of lines) {
    const page: string[] = JSON.parse(line)
    yield page
    script.stdin.write('\n')
  }
  expect(await ended).toEqual([0, null])
}

/** While somebody walks: the user whose place the next page begins after goes, one ahead goes, and one comes on either side. */
async function walk(pages: AsyncIterable<readonly string[]>) {
  const all = Array.from({ length: USERS }, (_, n) => nameOf(n))
  await createUsers(all)
  const seen: string[] = []
  const gone = new Set<string>()
  const sizes: number[] = []
  for await (const page of pages) {
    sizes.push(page.length)
    seen.push(...page)
    const last = all.findLastIndex((name) => page.includes(name))
    const leaving = [nameOf(last), nameOf(last + 50)]
    await deleteUsers(leaving)
    for (const name of leaving) gone.add(name)
    await createUsers([`${nameOf(last - 50)}-behind`, `${nameOf(last + 60)}-ahead`])
  }
  return { all, seen, gone, sizes }
}

function expectWhole({ all, seen, gone, sizes }: Awaited<ReturnType<typeof walk>>): void {
  expect(sizes.slice(0, -1).every((size) => size === PAGE_SIZE)).toBe(true)
  expect(seen).toHaveLength(new Set(seen).size)
  expect(seen.filter((name) => !name.endsWith('-ahead') && !gone.has(name))).toEqual(
    all.filter((name) => !gone.has(name)),
  )
  // Who came in front of the walker is met as well, who came behind is not.
  expect(seen.some((name) => name.endsWith('-ahead'))).toBe(true)
  expect(seen.filter((name) => name.endsWith('-behind'))).toEqual([])
}

describe('a paginator misses nobody and repeats nobody while users come and go', () => {
  test('of the AWS SDK for JavaScript', async () => expectWhole(await walk(pagesOfSdk())), TIMEOUT)
})

const there = findTool('python3-boto3')

describe.runIf(there)('boto3', () => {
  test(
    'misses nobody and repeats nobody while users come and go',
    async () => expectWhole(await walk(pagesOfBoto3())),
    TIMEOUT,
  )

  test(
    'waits until a user exists',
    async () => {
      await createUsers(['bob'])
      for (const [name, told] of [
        ['bob', 'there'],
        ['nobody', 'NoSuchEntity'],
      ] as const) {
        const { lines, ended } = boto3('wait-user', name)
        const [line] = await once(lines, 'line')
        expect(JSON.parse(String(line))).toBe(told)
        expect(await ended).toEqual([0, null])
      }
    },
    TIMEOUT,
  )
})
