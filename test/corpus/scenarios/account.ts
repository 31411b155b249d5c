import { DOCUMENT, type Play, type Stage, trustIn } from '../stage.ts'

/** Something of every kind, so that reports have something to say. */
async function furnish({ as, root, arn, account }: Stage): Promise<void> {
  const given = as(root)
  const trust = trustIn(account.accountId)
  await given.call('CreateUser', { UserName: 'Ann', Path: '/staff/', Tags: [{ Key: 'Team', Value: 'red' }] })
  await given.call('CreateAccessKey', { UserName: 'Ann' })
  await given.call('CreateGroup', { GroupName: 'Crew' })
  await given.call('AddUserToGroup', { GroupName: 'Crew', UserName: 'Ann' })
  await given.call('CreateRole', { RoleName: 'Engine', AssumeRolePolicyDocument: trust })
  await given.call('CreatePolicy', { PolicyName: 'Reports', PolicyDocument: DOCUMENT })
  await given.call('AttachGroupPolicy', { GroupName: 'Crew', PolicyArn: arn('policy/Reports') })
  await given.call('PutRolePolicy', { RoleName: 'Engine', PolicyName: 'p', PolicyDocument: DOCUMENT })
}

const DETAILS = `{ details(first: 3) {
  edges { cursor node { __typename
    ... on UserDetail { userName groupList userPolicyList { policyName policyText } tags { key value } permissionsBoundary }
    ... on GroupDetail { groupName attachedManagedPolicies { policyName policyArn } }
    ... on RoleDetail { roleName assumeRolePolicyText lastUsedAt rolePolicyList { policyName } }
    ... on ManagedPolicyDetail { policyName policyVersionList { versionId policyText isDefaultVersion } }
  } } pageInfo { hasNextPage endCursor } } }`

export const accountByGraphql: Play = async (stage) => {
  const { ask, as, nobody, account, clock } = stage
  await furnish(stage)
  const alias = `works-${account.accountId}`
  await ask('createAccountAlias', { accountAlias: alias })
  await ask('createAccountAlias', { accountAlias: 'No Good' })
  await ask('accountAliases', {})
  await ask('setSecurityTokenServicePreferences', { globalEndpointTokenVersion: 'V2_TOKEN' })
  await ask('account', {}, { deep: 2 })
  await ask('deleteAccountAlias', { accountAlias: 'another' })
  await ask('deleteAccountAlias', { accountAlias: alias })
  await ask('accountAliases', {})
  await ask('credentialReport', {})
  await ask('generateCredentialReport', {})
  await ask('generateCredentialReport', {})
  await ask('credentialReport', {})
  await ask('accountAuthorizationDetails', {}, { select: DETAILS })
  await ask('accountAuthorizationDetails', {}, { deep: 5 })
  await ask('unusedAccessKeys', { days: 0 })
  const page = await ask('unusedAccessKeys', { days: 0, first: 1 })
  await ask('unusedAccessKeys', { days: 0, first: 1, after: page.text('pageInfo.endCursor') })
  await ask('unusedAccessKeys', { days: -1 })
  await ask('unusedPasswords', { days: 0 })
  await as({ name: 'somebody who guesses', accessKeyId: account.rootKey.id, secretAccessKey: 'wrong'.repeat(8) }).ask(
    'viewer',
    {},
  )
  await ask('failedSignatures', { since: '2026-01-01T00:00:00Z' })
  const newest = await ask('auditEvents', { first: 2 })
  await ask('auditEvents', { first: 2, after: newest.text('pageInfo.endCursor') })
  await ask(
    'auditEvents',
    { first: 1, filter: { result: 'DENIED', principalArn: account.arn('user/Nobody') } },
    { deep: 4 },
  )
  await ask('auditEvents', { filter: { action: 'iam:CreateUser', until: clock().toISOString() } }, { deep: 4 })
  await ask('auditEvents', { filter: { since: 'yesterday' } })
  await ask('auditEvents', { after: 'nowhere' })
  const denied = await as(nobody).ask('users', {})
  const decision = { id: denied.decisionId }
  await ask('decision', decision, { deep: 4 })
  await ask('decision', { id: '00000000-0000-4000-8000-000000000000' })
  await ask('decodeAuthorizationMessage', { encodedMessage: decision.id })
  await ask('decodeAuthorizationMessage', { encodedMessage: 'nothing' })
  await ask('node', { id: newest.text('edges.0.node.id') })
  clock.advance(5 * 3_600_000)
  await ask('credentialReport', {})
}

export const accountByAws: Play = async (stage) => {
  const { call, as, nobody, account } = stage
  await furnish(stage)
  const AccountAlias = `works-${account.accountId}`
  await call('CreateAccountAlias', { AccountAlias })
  await call('CreateAccountAlias', { AccountAlias: 'No Good' })
  await call('ListAccountAliases')
  await call('DeleteAccountAlias', { AccountAlias: 'another' })
  await call('DeleteAccountAlias', { AccountAlias })
  await call('ListAccountAliases')
  await call('SetSecurityTokenServicePreferences', { GlobalEndpointTokenVersion: 'v2Token' })
  await call('SetSecurityTokenServicePreferences', { GlobalEndpointTokenVersion: 'V2_TOKEN' })
  await call('GetAccountSummary')
  await call('GetCredentialReport')
  await call('GenerateCredentialReport')
  await call('GenerateCredentialReport')
  await call('GetCredentialReport')
  const page = await call('GetAccountAuthorizationDetails', { MaxItems: '3' })
  await call('GetAccountAuthorizationDetails', { MaxItems: '3', Marker: page.text('Marker') })
  await call('GetAccountAuthorizationDetails', { Filter: ['Role', 'LocalManagedPolicy'] })
  await call('GetAccountAuthorizationDetails', { Filter: ['Planet'] })
  await as(nobody).call('GetAccountSummary')
  const denied = await as(nobody).ask('users', {})
  await call('sts:DecodeAuthorizationMessage', { EncodedMessage: denied.decisionId })
  await call('sts:DecodeAuthorizationMessage', { EncodedMessage: 'nothing' })
}
