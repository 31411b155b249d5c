import { isDeepStrictEqual } from 'node:util'
import { testRandom } from '../support/services.ts'
import { type Ask, AnsweredWithError, signInAsRoot, signing } from './graphql-client.ts'
import { PEOPLE_QUERY, type Person, personAfter, readPeople, type SeenPerson, STEPS, type Subject } from './person.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/** A change that the server has answered for. */
export interface Acknowledged {
  readonly action: string
  readonly requestId: string
}

/** What one writer knows of one person: the answers it got, and whether the next one never came. */
interface Life {
  readonly subject: Subject
  readonly acknowledged: readonly Acknowledged[]
  readonly cutOff: boolean
}

export interface Story {
  readonly accountId: string
  readonly acknowledged: readonly Acknowledged[]
  /** Answers that a kill kept from coming, round by round. */
  readonly cutOff: readonly number[]
  /** What was not as it had been answered, in words. */
  readonly differences: readonly string[]
}

export interface KillRounds {
  readonly rounds: number
  readonly env: Readonly<Record<string, string>>
  readonly seed: string
}

const ACCOUNT_ID = '123456789012'
const ROOT = { rootEmail: 'root@example.com', password: 'a password of the tests' }
const WRITERS = 4
const ALLOW_ALL = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }

/**
 * Lets writers change the account all at once, ends the server with SIGKILL at a moment that the seed decides, starts it again
 * on the same data, and compares what it then says with what it had answered; so many times. Ends with a clean stop.
 */
export async function killRounds({ rounds, env, seed }: KillRounds): Promise<Story> {
  const random = testRandom(seed)
  const whole = (below: number) => random(4).readUInt32BE() % below
  const given = {
    LATCHKEY_ACCOUNT_ID: ACCOUNT_ID,
    LATCHKEY_ROOT_EMAIL: ROOT.rootEmail,
    LATCHKEY_ROOT_PASSWORD: ROOT.password,
    ...env,
  }
  const lives: Life[] = []
  const cutOff: number[] = []
  const differences: string[] = []

  let server = await startServer(given)
  try {
    const { writers, acknowledged } = await hireWriters(server.url)
    for (let round = 1; round <= rounds; round++) {
      const path = `/round-${String(round).padStart(2, '0')}/`
      const moment = { answers: 1 + whole(25), milliseconds: whole(10) }
      const lived = await writeUntilKilled(server, writers, path, moment, differences)
      server = await startServer(given)
      lives.push(...lived)
      cutOff.push(lived.filter((life) => life.cutOff).length)
      differences.push(...(await compare(server.url, writers[round % WRITERS]!, path, lived)))
    }
    // What stood after its own round must have outlived all the others.
    differences.push(...(await compare(server.url, writers[0]!, '/round-', lives)))
    const code = await server.end('SIGTERM')
    if (code !== 0) differences.push(`The server stopped with ${code}.`)
    return {
      accountId: ACCOUNT_ID,
      acknowledged: [...acknowledged, ...lives.flatMap((life) => life.acknowledged)],
      cutOff,
      differences,
    }
  } finally {
    await server.end('SIGKILL')
  }
}

/** Users who may do everything and sign with a key: their keys must outlive the kills, too. */
async function hireWriters(url: string): Promise<{ writers: readonly Ask[]; acknowledged: readonly Acknowledged[] }> {
  const root = await signInAsRoot(url, ROOT.rootEmail, ROOT.password)
  const writers: Ask[] = []
  const acknowledged: Acknowledged[] = []
  for (let n = 1; n <= WRITERS; n++) {
    const userName = `writer-${n}`
    const create = 'mutation ($userName: String!) { createUser(input: { userName: $userName }) { __typename } }'
    const put = `mutation ($userName: String!, $document: PolicyDocument!) {
      putUserPolicy(input: { userName: $userName, policyName: "all", policyDocument: $document }) { __typename }
    }`
    const key = `mutation ($userName: String!) {
      createAccessKey(input: { userName: $userName, description: "writes" }) { secretAccessKey accessKey { accessKeyId } }
    }`
    const created = await root(url, create, { userName })
    const allowed = await root(url, put, { userName, document: ALLOW_ALL })
    const { requestId, data } = await root(url, key, { userName })
    const made = data.createAccessKey
    writers.push(signing(made?.accessKey.accessKeyId ?? '', made?.secretAccessKey ?? ''))
    acknowledged.push(
      { action: 'iam:CreateUser', requestId: created.requestId },
      { action: 'iam:PutUserPolicy', requestId: allowed.requestId },
      { action: 'iam:CreateAccessKey', requestId },
    )
  }
  return { writers, acknowledged }
}

/** The kill comes so long after the answer of that number. */
interface Moment {
  readonly answers: number
  readonly milliseconds: number
}

async function writeUntilKilled(
  server: ServerProcess,
  writers: readonly Ask[],
  path: string,
  moment: Moment,
  differences: string[],
): Promise<readonly Life[]> {
  let answers = 0
  let killed: Promise<unknown> | undefined
  const onAnswer = () => {
    if (++answers !== moment.answers) return
    killed = new Promise((resolve) => setTimeout(resolve, moment.milliseconds)).then(() => server.end('SIGKILL'))
  }
  const lives = await Promise.all(
    writers.map(async (ask, n) => {
      const lived: Life[] = []
      do {
        const name = `${path.replaceAll('/', '')}-writer-${n}-${lived.length}`
        lived.push(await live({ name, path, accountId: ACCOUNT_ID }, ask, server.url, onAnswer, differences))
      } while (lived.at(-1)?.cutOff === false && differences.length === 0)
      return lived
    }),
  )
  await (killed ?? server.end('SIGKILL'))
  return lives.flat()
}

/** Takes a person through all steps, as far as the server lives. */
async function live(
  person: Subject,
  ask: Ask,
  url: string,
  onAnswer: () => void,
  differences: string[],
): Promise<Life> {
  let subject = person
  const acknowledged: Acknowledged[] = []
  for (const { action, query, variables, learn } of STEPS) {
    try {
      const answer = await ask(url, query, { input: variables(subject) })
      acknowledged.push({ action, requestId: answer.requestId })
      subject = { ...subject, ...learn?.(answer) }
      onAnswer()
    } catch (error) {
      if (error instanceof AnsweredWithError) differences.push(`${action} for ${subject.name}: ${error.message}`)
      return { subject, acknowledged, cutOff: true }
    }
  }
  return { subject, acknowledged, cutOff: false }
}

async function compare(url: string, ask: Ask, path: string, lives: readonly Life[]): Promise<readonly string[]> {
  const people = readPeople(await ask(url, PEOPLE_QUERY, { path }))
  return lives.flatMap((life) => differencesOf(life, people.get(life.subject.name)))
}

/** A person must be as the last answer left it; when the next answer never came, as that one would have left it is right, too. */
function differencesOf({ subject, acknowledged, cutOff }: Life, seen: SeenPerson | undefined): string[] {
  const possible: (Person | null)[] = [personAfter(acknowledged.length, subject)]
  if (cutOff) possible.push(personAfter(acknowledged.length + 1, subject))
  const found = seen?.person ?? null
  const differences: string[] = []
  if (!possible.some((person) => isDeepStrictEqual(person, found))) {
    differences.push(`${subject.name} is ${JSON.stringify(found)} and should be ${JSON.stringify(possible)}`)
  }
  if (subject.userId !== undefined && subject.userId !== seen?.userId) {
    differences.push(`${subject.name} has the id ${seen?.userId} and should have ${subject.userId}`)
  }
  const keyId = seen?.accessKeyIds[0]
  if (subject.accessKeyId !== undefined && keyId !== undefined && keyId !== subject.accessKeyId) {
    differences.push(`${subject.name} has the key ${keyId} and should have ${subject.accessKeyId}`)
  }
  return differences
}
