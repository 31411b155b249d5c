import {
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsWithEntitiesCommand,
  type IAMClient,
  ListPoliciesGrantingServiceAccessCommand,
  ListUsersCommand,
  NoSuchEntityException,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'
import { iamOf, presentClock } from './clients.ts'

let installation: Installation
let account: Account
let root: IAMClient
beforeAll(async () => {
  installation = await openInstallation({ clock: presentClock() })
  account = await installation.openAccount()
  root = iamOf(installation, account.rootKey)
})
afterAll(() => installation.stop())

test('the SDK makes a report, reads it by pages, and asks which policies grant access', async () => {
  const jane = await account.user({ name: 'Jane', allow: [{ action: 'iam:*' }, { action: 'billing:Get*' }] })
  const ken = await account.user({ name: 'Ken', allow: [{ action: 'iam:*' }] })
  const [hers, his] = [jane, ken].map((user) => iamOf(installation, user.accessKeys[0]!))
  await hers!.send(new ListUsersCommand({}))
  await installation.application.readQueue.flush()

  const asked = new GenerateServiceLastAccessedDetailsCommand({ Arn: jane.arn, Granularity: 'ACTION_LEVEL' })
  const { JobId } = await hers!.send(asked)
  expect(JobId).toMatch(/^[\da-f-]{36}$/)
  const first = await hers!.send(new GetServiceLastAccessedDetailsCommand({ JobId, MaxItems: 1 }))
  expect(first).toMatchObject({
    JobStatus: 'COMPLETED',
    JobType: 'ACTION_LEVEL',
    JobCreationDate: expect.any(Date),
    JobCompletionDate: first.JobCreationDate,
    ServicesLastAccessed: [{ ServiceNamespace: 'billing', ServiceName: 'billing', TotalAuthenticatedEntities: 0 }],
    IsTruncated: true,
  })
  const second = await hers!.send(new GetServiceLastAccessedDetailsCommand({ JobId, Marker: first.Marker }))
  expect(second).toMatchObject({
    ServicesLastAccessed: [
      {
        ServiceNamespace: 'iam',
        ServiceName: 'AWS Identity and Access Management',
        LastAuthenticated: expect.any(Date),
        LastAuthenticatedEntity: jane.arn,
        TotalAuthenticatedEntities: 1,
      },
    ],
    IsTruncated: false,
  })
  const actions = second.ServicesLastAccessed?.[0]?.TrackedActionsLastAccessed
  expect(actions?.filter(({ LastAccessedTime }) => LastAccessedTime !== undefined)).toEqual([
    { ActionName: 'ListUsers', LastAccessedEntity: jane.arn, LastAccessedTime: expect.any(Date) },
  ])
  const ofIam = { JobId, ServiceNamespace: 'iam' }
  expect(await hers!.send(new GetServiceLastAccessedDetailsWithEntitiesCommand(ofIam))).toMatchObject({
    JobStatus: 'COMPLETED',
    EntityDetailsList: [
      {
        EntityInfo: { Arn: jane.arn, Name: 'Jane', Type: 'USER', Id: jane.id, Path: '/' },
        LastAuthenticated: expect.any(Date),
      },
    ],
    IsTruncated: false,
  })
  for (const other of [his!, root]) {
    const refused = other.send(new GetServiceLastAccessedDetailsCommand({ JobId }))
    await expect(refused).rejects.toBeInstanceOf(NoSuchEntityException)
  }
  const granting = { Arn: jane.arn, ServiceNamespaces: ['iam', 's3'] }
  expect(await root.send(new ListPoliciesGrantingServiceAccessCommand(granting))).toMatchObject({
    PoliciesGrantingServiceAccess: [
      {
        ServiceNamespace: 'iam',
        Policies: [{ PolicyType: 'INLINE', EntityType: 'USER', EntityName: 'Jane', PolicyName: expect.any(String) }],
      },
      { ServiceNamespace: 's3', Policies: [] },
    ],
    IsTruncated: false,
  })
})
