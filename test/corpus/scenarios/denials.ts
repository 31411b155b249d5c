import { type Play, type Stage, trustIn, WIDER } from '../stage.ts'

/** What one may see who may list, and nothing more: everything below is refused, field by field. */
async function listOnly({ as, user, arn }: Stage): Promise<void> {
  const actions = ['Users', 'Groups', 'Roles', 'Policies', 'VirtualMFADevices', 'OpenIDConnectProviders']
  const reader = await user('Reader', [{ action: actions.map((what) => `iam:List${what}`) }])
  await as(reader).ask('users', { search: 'Ann' }, { deep: 5 })
  await as(reader).ask('groups', {}, { deep: 5 })
  await as(reader).ask('roles', {}, { deep: 5 })
  await as(reader).ask('policies', { scope: 'LOCAL' }, { deep: 5 })
  await as(reader).ask('virtualMfaDevices', {}, { deep: 5 })
  await as(reader).ask('openIdConnectProviders', {}, { deep: 3 })
  await as(reader).ask('viewer', {}, { deep: 4 })
  await as(reader).call('ListUsers', { PathPrefix: '/staff/' })
  const writer = await user('Writer', [
    { action: ['iam:Tag*', 'iam:Update*', 'iam:GetUser', 'iam:GetPolicy', 'iam:GetRole'] },
  ])
  const tags = [{ key: 'Team', value: 'blue' }]
  await as(writer).ask('tagUser', { userName: 'Ann', tags }, { deep: 4 })
  await as(writer).ask('tagRole', { roleName: 'Engine', tags }, { deep: 4 })
  await as(writer).ask('tagPolicy', { policyArn: arn('policy/Reports'), tags }, { deep: 4 })
  await as(writer).ask('updateGroup', { groupName: 'Crew' }, { deep: 4 })
  await as(writer).call('GetUser', { UserName: 'Ann' })
  await as(writer).call('GetRole', { RoleName: 'Engine' })
}

export const denials: Play = async (stage) => {
  const { as, root, user, arn, account } = stage
  const given = as(root)
  const trust = trustIn(account.accountId)
  await given.call('CreateUser', { UserName: 'Ann', Path: '/staff/', Tags: [{ Key: 'Team', Value: 'red' }] })
  await given.call('CreateAccessKey', { UserName: 'Ann' })
  await given.call('PutUserPolicy', { UserName: 'Ann', PolicyName: 'p', PolicyDocument: WIDER })
  await given.call('CreateGroup', { GroupName: 'Crew' })
  await given.call('AddUserToGroup', { GroupName: 'Crew', UserName: 'Ann' })
  await given.call('PutGroupPolicy', { GroupName: 'Crew', PolicyName: 'p', PolicyDocument: WIDER })
  await given.call('CreateRole', { RoleName: 'Engine', AssumeRolePolicyDocument: trust })
  await given.call('PutRolePolicy', { RoleName: 'Engine', PolicyName: 'p', PolicyDocument: WIDER })
  await given.call('CreatePolicy', { PolicyName: 'Reports', PolicyDocument: WIDER })
  await given.call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'Phone' })
  await given.call('CreateOpenIDConnectProvider', { Url: 'https://idp.example.com' })
  await listOnly(stage)

  const forbidden = await user('Forbidden', [{ action: '*' }, { effect: 'Deny', action: 'iam:List*' }])
  await as(forbidden).ask('users', {})
  await as(forbidden).call('ListUsers')
  const bound = await user('Bound', [{ action: '*' }])
  await given.call('PutUserPermissionsBoundary', { UserName: 'Bound', PermissionsBoundary: arn('policy/Reports') })
  await as(bound).ask('users', {})
  await as(bound).call('ListUsers')
  const careful = await user('Careful', [{ action: 'iam:*', when: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }])
  await as(careful).ask('users', {})
  await as(careful).call('ListUsers')
  const local = await user('Local', [
    { action: 'iam:ListUsers', when: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } },
  ])
  await as(local).ask('users', {})
  await given.call('PutRolePolicy', {
    RoleName: 'Engine',
    PolicyName: 'all',
    PolicyDocument: WIDER.replace('"s3:GetObject"', '"iam:*"'),
  })
  const trip = { roleArn: arn('role/Engine'), roleSessionName: 'trip' }
  await as(bound).ask('assumeRole', trip)
  const narrow = await as(forbidden).ask('assumeRole', { ...trip, policy: WIDER })
  await as({ name: 'a session with a policy', accessToken: narrow.text('accessToken') }).ask('users', {})
  const guesser = {
    name: 'somebody who guesses',
    accessKeyId: forbidden.accessKeyId,
    secretAccessKey: 'wrong'.repeat(8),
  }
  for (let attempt = 0; attempt < 24; attempt++) await as(guesser).call('sts:GetCallerIdentity')
  await as(guesser).ask('viewer', {}, { select: '{ arn }' })
}
