import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  GetAccountAuthorizationDetailsCommand,
  GetInstanceProfileCommand,
  type IAMClient,
  ListInstanceProfilesForRoleCommand,
  paginateListInstanceProfiles,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'
import { openWorld } from '../support/world.ts'
import { iamOf, presentClock } from './clients.ts'

let installation: Installation
let account: Account
let iam: IAMClient
beforeAll(async () => {
  installation = await openInstallation({ clock: presentClock() })
  ;({ account } = await openWorld(installation))
  iam = iamOf(installation, account.rootKey)
})
afterAll(() => installation.stop())

const IN_MACHINE = {
  Path: '/machines/m/',
  InstanceProfileName: 'Machine',
  InstanceProfileId: expect.stringMatching(/^AIPA/),
  Arn: expect.stringMatching(/:instance-profile\/machines\/m\/Machine$/),
  CreateDate: expect.any(Date),
  Roles: [{ RoleName: 'Engine', Path: '/svc/engines/', RoleId: expect.stringMatching(/^AROA/) }],
}

describe('an instance profile shows its role', () => {
  test('by itself, and in lists', async () => {
    const asked = new GetInstanceProfileCommand({ InstanceProfileName: 'machine' })
    expect((await iam.send(asked)).InstanceProfile).toMatchObject(IN_MACHINE)
    const ofRole = new ListInstanceProfilesForRoleCommand({ RoleName: 'Engine' })
    expect((await iam.send(ofRole)).InstanceProfiles).toMatchObject([IN_MACHINE])
    const all: unknown[] = []
    for await (const page of paginateListInstanceProfiles({ client: iam, pageSize: 1 }, {}))
      all.push(...(page.InstanceProfiles ?? []))
    expect(all).toMatchObject([IN_MACHINE, { InstanceProfileName: 'Spare', Roles: [] }])
  })

  test('in the authorization details, under the role', async () => {
    const asked = new GetAccountAuthorizationDetailsCommand({ Filter: ['Role'] })
    const { RoleDetailList } = await iam.send(asked)
    const lists = RoleDetailList?.map(({ RoleName, InstanceProfileList }) => [RoleName, InstanceProfileList])
    expect(lists).toMatchObject([
      ['AWSServiceRoleForBilling', []],
      ['Bare', []],
      ['Engine', [IN_MACHINE]],
    ])
  })
})

test.each([
  ['ec2.amazonaws.com', 'fulfilled'],
  ['lambda.amazonaws.com', 'rejected'],
])('who may pass roles to %s only is %s when a role is put into an instance profile', async (service, status) => {
  const profile = `For-${service}`
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: profile }))
  const passing = { action: 'iam:PassRole', when: { StringEquals: { 'iam:PassedToService': service } } }
  const allow = [{ action: 'iam:AddRoleToInstanceProfile' }, passing]
  const bot = await account.user({ name: `passes-to-${service}`, allow })
  const asBot = iamOf(installation, bot.accessKeys[0]!)
  const asked = new AddRoleToInstanceProfileCommand({ InstanceProfileName: profile, RoleName: 'Bare' })
  const [outcome] = await Promise.allSettled([asBot.send(asked)])
  expect(outcome.status).toBe(status)
})
