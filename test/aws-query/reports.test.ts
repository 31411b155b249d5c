import {
  CreateVirtualMFADeviceCommand,
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  type IAMClient,
  paginateGetAccountAuthorizationDetails,
  paginateListEntitiesForPolicy,
  paginateSimulateCustomPolicy,
  SimulateCustomPolicyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Account, type Installation, openInstallation, policyOf } from '../support/installation.ts'
import { openWorld } from '../support/world.ts'
import { iamOf, presentClock } from './clients.ts'

const ALLOW_READING = JSON.stringify(policyOf([{ action: 's3:GetObject' }]))

let installation: Installation
let account: Account
let iam: IAMClient
let managed: string
beforeAll(async () => {
  installation = await openInstallation({ clock: presentClock() })
  const world = await openWorld(installation)
  account = world.account
  managed = world.managed.arn
  iam = iamOf(installation, account.rootKey)
})
afterAll(() => installation.stop())

/** Names in the order of the pages, whatever they are of. */
async function namesOfDetails(pageSize: number): Promise<(string | undefined)[]> {
  const names: (string | undefined)[] = []
  for await (const page of paginateGetAccountAuthorizationDetails({ client: iam, pageSize }, {})) {
    const found = [
      ...(page.UserDetailList ?? []).map(({ UserName }) => UserName),
      ...(page.GroupDetailList ?? []).map(({ GroupName }) => GroupName),
      ...(page.RoleDetailList ?? []).map(({ RoleName }) => RoleName),
      ...(page.Policies ?? []).map(({ PolicyName }) => PolicyName),
    ]
    expect(found.length).toBeLessThanOrEqual(pageSize)
    names.push(...found)
  }
  return names
}

describe('the authorization details', () => {
  test('are paged over all types together, whatever the size of a page', async () => {
    const whole = await namesOfDetails(1000)
    const roles = ['AWSServiceRoleForBilling', 'Bare', 'Engine']
    expect(whole).toEqual(['Plain', 'Target', 'Crew', 'Empty', ...roles, 'Loose', 'Managed'])
    for (const pageSize of [1, 2, 3, 4, 5, 7]) expect(await namesOfDetails(pageSize)).toEqual(whole)
  })

  test('are of the types asked for, with documents as they were written', async () => {
    const asked = new GetAccountAuthorizationDetailsCommand({ Filter: ['Role', 'LocalManagedPolicy'] })
    const { UserDetailList, RoleDetailList, Policies, IsTruncated } = await iam.send(asked)
    expect(UserDetailList).toEqual([])
    expect(RoleDetailList?.map(({ RoleName }) => RoleName)).toEqual(['AWSServiceRoleForBilling', 'Bare', 'Engine'])
    const versions = Policies?.find(({ Arn }) => Arn === managed)?.PolicyVersionList
    expect(versions?.map(({ VersionId }) => VersionId)).toEqual(['v2', 'v1'])
    expect(decodeURIComponent(versions?.at(-1)?.Document ?? '')).toBe(ALLOW_READING)
    expect(IsTruncated).toBe(false)
  })

  test('refuse a marker of another list', async () => {
    const { Marker } = await iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 1 }))
    expect(Marker).toBeDefined()
    for (const bad of ['x', `${Marker}x`.slice(3), Buffer.from('["ListUsers","x"]').toString('base64url')]) {
      const asked = new GetAccountAuthorizationDetailsCommand({ Marker: bad })
      await expect(iam.send(asked)).rejects.toMatchObject({ name: 'ValidationError', message: 'Invalid Marker.' })
    }
  })
})

test('the entities of a policy are paged together and listed apart', async () => {
  const seen: unknown[] = []
  for await (const page of paginateListEntitiesForPolicy({ client: iam, pageSize: 1 }, { PolicyArn: managed })) {
    seen.push(...(page.PolicyGroups ?? []), ...(page.PolicyRoles ?? []), ...(page.PolicyUsers ?? []))
  }
  expect(seen).toMatchObject([{ GroupName: 'Crew' }, { RoleName: 'Engine' }, { UserName: 'Target' }])
})

test('the credential report is the very CSV', async () => {
  await installation.db.credentialReport.deleteMany({ where: { accountId: account.accountId } })
  expect(await iam.send(new GenerateCredentialReportCommand({}))).toMatchObject({ State: 'STARTED' })
  await installation.application.credentialReports.settled()
  expect(await iam.send(new GenerateCredentialReportCommand({}))).toMatchObject({ State: 'COMPLETE' })
  const { Content, ReportFormat, GeneratedTime } = await iam.send(new GetCredentialReportCommand({}))
  const stored = await installation.db.credentialReport.findFirst({ where: { accountId: account.accountId } })
  expect(Buffer.from(Content ?? []).toString()).toBe(stored?.content)
  expect({ ReportFormat, GeneratedTime }).toEqual({ ReportFormat: 'text/csv', GeneratedTime: installation.clock() })
})

test('the summary is a map of numbers', async () => {
  const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}))
  expect(SummaryMap).toMatchObject({ Users: 2, UsersQuota: 5000, AccessKeysPerUserQuota: 2, MFADevices: 2, Groups: 2 })
})

describe('a simulation', () => {
  test('tells the decision, the place of the statement, and the keys that were missing', async () => {
    const document = JSON.stringify(
      policyOf([{ action: 's3:GetObject', when: { StringEquals: { 'aws:foo': 'a', 's3:prefix': 'b' } } }]),
    )
    const ContextEntries = [{ ContextKeyName: 'aws:foo', ContextKeyType: 'string' as const, ContextKeyValues: ['a'] }]
    const asked = new SimulateCustomPolicyCommand({
      PolicyInputList: [document, ALLOW_READING],
      ActionNames: ['s3:GetObject', 's3:PutObject'],
      ContextEntries,
    })
    const { EvaluationResults } = await iam.send(asked)
    const start = ALLOW_READING.indexOf('{"Effect"') + 2
    expect(EvaluationResults).toMatchObject([
      {
        EvalActionName: 's3:GetObject',
        EvalDecision: 'allowed',
        EvalDecisionDetails: {},
        MissingContextValues: ['s3:prefix'],
        MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.2', StartPosition: { Line: 1, Column: start } }],
        ResourceSpecificResults: [{ EvalResourceName: '*', EvalResourceDecision: 'allowed' }],
      },
      { EvalActionName: 's3:PutObject', EvalDecision: 'implicitDeny', MatchedStatements: [] },
    ])
  })

  test('is paged in the order of the actions', async () => {
    const ActionNames = ['s3:GetObject', 'ec2:RunInstances', 'iam:GetUser', 's3:ListBucket', 'iam:AddUserToGroup']
    const asked = { PolicyInputList: [ALLOW_READING], ActionNames }
    const seen: (string | undefined)[] = []
    for await (const { EvaluationResults } of paginateSimulateCustomPolicy({ client: iam, pageSize: 2 }, asked))
      seen.push(...(EvaluationResults ?? []).map(({ EvalActionName }) => EvalActionName))
    expect(seen).toEqual(ActionNames)
  })
})

test('the seed and the picture of a new device are bytes', async () => {
  const { VirtualMFADevice } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }))
  expect(Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString()).toMatch(/^[A-Z2-7]{64}$/)
  expect(
    Buffer.from(VirtualMFADevice?.QRCodePNG ?? [])
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
})
