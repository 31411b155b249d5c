import { declaredAccess } from '../graphql/declared-access.ts'
import { type Account, type Grant, type Installation, keyOf, policyOf } from '../support/installation.ts'
import { passwordHash } from '../support/world.ts'
import { badParameters, operationNamed, type Parameters, rootFieldOf } from './aws-door.ts'
import type { Caller } from './caller.ts'
import { type Asking, type Input, rootField } from './graphql-door.ts'
import type { StandIns } from './stand-ins.ts'
import { createWire } from './wire.ts'

/** What a scenario does: who asks for what, one after the other, in an account that is empty but for the callers. */
export type Play = (stage: Stage) => Promise<void>

export type Stage = Awaited<ReturnType<typeof openStage>>

export const DOCUMENT = JSON.stringify(policyOf([{ action: 's3:GetObject', on: 'arn:aws:s3:::reports/*' }]))
export const WIDER = JSON.stringify(policyOf([{ action: ['s3:GetObject', 's3:PutObject'] }]))

/** The trust policy of a role that everybody in the account may assume whom a policy allows it. */
export function trustIn(accountId: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' },
  })
}

/** An account, who asks there, and the wire over which they do. */
export async function openStage(installation: Installation, account: Account) {
  const wire = createWire(installation)
  const { exchanges, standIns, send } = wire
  const callers = await openCallers(installation, account, standIns)
  const { admin } = callers
  const tried = new Set<string>()
  const isNew = (name: string) => !tried.has(name) && tried.add(name) !== undefined

  /** The first time, somebody whom the field refuses asks the same. */
  async function refuse(field: string, ask: (stranger: Caller) => Promise<unknown>): Promise<void> {
    const { rule } = declaredAccess(rootField(field)) ?? {}
    // A public one refuses no caller; what all may who have signed is refused to somebody who has not.
    if (rule !== 'public') await ask(rule === 'authenticated' ? callers.anonymous : callers.nobody)
  }

  return {
    ...callers,
    account,
    clock: installation.clock,
    exchanges,
    standIns,
    send,
    /** The ARN of something in the account. */
    arn: account.arn,

    /** Asks as somebody. */
    as: (caller: Caller) => ({
      ask: (name: string, input?: Input, asking?: Asking) => wire.ask(caller, name, input, asking),
      call: (name: string, parameters?: Parameters) => wire.call(caller, name, parameters),
    }),

    /** Asks as the administrator; the first time, somebody who may not asks the same before. */
    ask: async (name: string, input?: Input, asking?: Asking) => {
      if (isNew(name)) await refuse(name, (stranger) => wire.ask(stranger, name, input, asking))
      return await wire.ask(admin, name, input, asking)
    },

    /** Likewise through the AWS protocol; the first time, the same is asked with parameters that AWS does not take, too. */
    call: async (name: string, parameters?: Parameters) => {
      if (isNew(name)) {
        const field = rootFieldOf(operationNamed(name).operation)
        await refuse(field, (stranger) => wire.call(stranger, name, parameters))
        const bad = badParameters(name)
        if (bad !== null) await wire.call(admin, name, bad)
      }
      return await wire.call(admin, name, parameters)
    },
  }
}

/** Who asks in an account: root, who may do everything, who may do nothing, and who has not signed; and how there come to be more. */
async function openCallers({ clock, db }: Installation, account: Account, standIns: StandIns) {
  const meet = (id: string, key: { readonly id: string; readonly secretAccessKey: string }) => {
    for (const value of [id, key.id]) standIns.meet('id', value)
    standIns.meet('secretAccessKey', key.secretAccessKey)
  }

  /** A user with a key and these permissions, and with PASSWORD where one is wanted. */
  async function user(name: string, allow: readonly Grant[], more: { password?: boolean; path?: string } = {}) {
    const { password = false, ...rest } = more
    const hash = password ? { passwordHash: await passwordHash } : {}
    const { arn, id, accessKeys } = await account.user({ name, allow, ...rest, ...hash })
    const key = accessKeys[0]!
    meet(id, key)
    // Lists by age tell those apart who came one after the other.
    clock.advance(1000)
    return { name, arn, ...keyOf(key) }
  }

  meet(account.accountId, account.rootKey)
  const root: Caller = { name: 'root', ...keyOf(account.rootKey) }
  const anonymous: Caller = { name: 'somebody unknown' }
  return {
    user,
    root,
    anonymous,
    admin: await user('Admin', [{ action: '*' }], { path: '/people/' }),
    nobody: await user('Nobody', []),

    /** Root signs in with PASSWORD from now on, as after the first start. */
    giveRootPassword: async () => {
      const { accountId, id: userId } = account.rootUser
      const at = { createdAt: clock(), passwordChangedAt: clock() }
      await db.loginProfile.create({ data: { accountId, userId, passwordHash: await passwordHash, ...at } })
    },
  }
}
