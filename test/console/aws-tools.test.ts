import { beforeEach, expect, test } from 'vitest'
import { presentClock } from '../aws-query/clients.ts'
import { findTool } from '../contract/aws-tools.ts'
import { ACCOUNT_ID } from '../http/serve-application.ts'
import { accessKeys } from './pages/access-keys.ts'
import { createAccessKeyPage } from './pages/create-access-key.ts'
import { keyRotation } from './pages/key-rotation.ts'
import { MANAGE_OWN_KEYS } from './policies.ts'
import { awsCli, awsSdk, type KeyPair, type KeyToolAt } from './support/key-tools.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal({ clock: presentClock() })
const HOME = '/security-credentials'
/** A program of AWS takes a second to start, and more on a busy machine. */
const TIMEOUT = 120_000
const cliIsThere = findTool('awscli')

// The tools sign with the time of the machine.
beforeEach(() => portal.served.clock.set(new Date()))

/** A key that is made in the console, and what a tool does with it and the other keys of its user, as the page shows it. */
async function worksHandInHand(name: string, toolAt: KeyToolAt): Promise<void> {
  await portal.createPerson({ name, policies: { MANAGE_OWN_KEYS } })
  const page = await portal.openAs(name, HOME)
  const keys = accessKeys(page)
  await keys.create.click()
  const wizard = createAccessKeyPage(page)
  await wizard.makeKey()
  await wizard.show.click()
  const own = { accessKeyId: await wizard.keyId(), secretAccessKey: await wizard.secret() }
  await wizard.done.click()
  await keys.has(own.accessKeyId, 'Never')

  const tool = toolAt(portal.url, own)
  expect(await tool.list()).toEqual([[own.accessKeyId, 'Active']])
  const other = await tool.create()
  await keys.refresh.click()
  await keys.has(other.accessKeyId, 'Active')
  expect(await toolAt(portal.url, other).list()).toHaveLength(2)
  await portal.served.application.lastUsed.flush()
  expect(await tool.lastUsedFor(other.accessKeyId)).toBe('iam')
  await keys.refresh.click()
  await keys.has(other.accessKeyId, 'us-east-1')
  await keys.has(other.accessKeyId, 'ListAccessKeys')

  await tool.update(other.accessKeyId, 'Inactive')
  await keys.refresh.click()
  await keys.has(other.accessKeyId, 'Inactive')
  await expect(toolAt(portal.url, other).list()).rejects.toThrow(
    'The security token included in the request is invalid',
  )
  await tool.update(other.accessKeyId, 'Active')
  await keys.refresh.click()
  await keys.has(other.accessKeyId, 'Active')
  await tool.update(other.accessKeyId, 'Inactive')
  await tool.remove(other.accessKeyId)
  await keys.refresh.click()
  await keys.card(other.accessKeyId).waitFor({ state: 'detached' })
  await expect.poll(async () => await keys.ids()).toEqual([own.accessKeyId])

  // And the other way round.
  await keys.choose(own.accessKeyId, 'Deactivate')
  await keys.confirm('Deactivate')
  await keys.has(own.accessKeyId, 'Inactive')
  await expect(tool.list()).rejects.toThrow('The security token included in the request is invalid')
}

test.runIf(cliIsThere)(
  'C30: a key made in the console works with the aws CLI as it is, and the page shows what the CLI does',
  () => worksHandInHand('cli', awsCli),
  TIMEOUT,
)

test(
  'C31: a key made in the console works with the AWS SDK, and the page shows what the SDK does',
  () => worksHandInHand('sdk', awsSdk),
  TIMEOUT,
)

/** Something that signs its requests with whatever key it was given. */
function program(key: KeyPair) {
  let current = key
  return {
    move: (to: KeyPair) => void (current = to),
    /** Its one request: who it is, or the code with which it was refused. */
    work: () => portal.callerOf(current.accessKeyId, current.secretAccessKey),
  }
}

/** What the steps of a rotation are done with. */
interface Rotation {
  create(): Promise<KeyPair>
  /** The service that the key was last used for. */
  lookAt(accessKeyId: string): Promise<string>
  deactivate(accessKeyId: string): Promise<void>
  activate(accessKeyId: string): Promise<void>
  remove(accessKeyId: string): Promise<void>
}

async function byConsole(name: string): Promise<Rotation> {
  const page = await portal.openAs(name, `${HOME}/rotate-access-key`)
  const guide = keyRotation(page)
  return {
    async create() {
      const made = await guide.makeKey()
      await createAccessKeyPage(page).done.click()
      return made
    },
    async lookAt() {
      await guide.moved.check()
      await guide.lookAgain.click()
      const service = guide.step(3).getByText('iam', { exact: true })
      await service.waitFor()
      return await service.innerText()
    },
    deactivate: () => guide.deactivate(),
    activate: () => guide.reactivate(),
    async remove(accessKeyId) {
      await guide.nothingFailed.check()
      await guide.remove(accessKeyId)
      await guide.finished.waitFor()
    },
  }
}

/** With the old key first, and with the new one as soon as there is one. */
function byTool(toolAt: KeyToolAt, old: KeyPair): Rotation {
  let tool = toolAt(portal.url, old)
  return {
    async create() {
      const made = await tool.create()
      tool = toolAt(portal.url, made)
      return made
    },
    lookAt: (accessKeyId) => tool.lastUsedFor(accessKeyId),
    deactivate: (accessKeyId) => tool.update(accessKeyId, 'Inactive'),
    activate: (accessKeyId) => tool.update(accessKeyId, 'Active'),
    remove: (accessKeyId) => tool.remove(accessKeyId),
  }
}

/** The six steps with whatever `begin` gives, while an application works and another program was forgotten. */
async function rotate(name: string, begin: (old: KeyPair) => Promise<Rotation> | Rotation): Promise<void> {
  await portal.createPerson({ name, policies: { MANAGE_OWN_KEYS } })
  const old = await portal.createKey(name)
  // The old key is told by its age.
  portal.served.clock.advance(60_000)
  const arn = `arn:aws:iam::${ACCOUNT_ID}:user/${name}`
  const application = program(old)
  const forgotten = program(old)
  /** The application works before, during and after a step. */
  const during = async <Done>(step: Promise<Done>): Promise<Done> => {
    const [done, ...answers] = await Promise.all([step, application.work(), application.work()])
    expect([...answers, await application.work()]).toEqual([arn, arn, arn])
    return done
  }
  const rotation = await begin(old)
  const fresh = await during(rotation.create())
  application.move(fresh)
  expect(await forgotten.work()).toBe(arn)
  await portal.served.application.lastUsed.flush()
  expect(await during(rotation.lookAt(old.accessKeyId))).toBe('iam')
  await during(rotation.deactivate(old.accessKeyId))
  expect(await forgotten.work()).toBe('InvalidClientTokenId')
  // The way back, to move what was forgotten.
  await during(rotation.activate(old.accessKeyId))
  expect(await forgotten.work()).toBe(arn)
  forgotten.move(fresh)
  await during(rotation.deactivate(old.accessKeyId))
  expect(await forgotten.work()).toBe(arn)
  await during(rotation.remove(old.accessKeyId))
  expect(await awsSdk(portal.url, fresh).list()).toEqual([[fresh.accessKeyId, 'Active']])
}

test(
  'C32: an application is never refused while its key is rotated by the console',
  () => rotate('by-console', () => byConsole('by-console')),
  TIMEOUT,
)

test(
  'C32: an application is never refused while its key is rotated by the API',
  () => rotate('by-sdk', (old) => byTool(awsSdk, old)),
  TIMEOUT,
)

test.runIf(cliIsThere)(
  'C32: an application is never refused while its key is rotated by the aws CLI',
  () => rotate('by-cli', (old) => byTool(awsCli, old)),
  TIMEOUT,
)
