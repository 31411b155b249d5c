import { DOCUMENT, type Play, type Stage } from '../stage.ts'

const trust = (...principals: readonly string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: principals }, Action: ['sts:AssumeRole', 'sts:TagSession'] },
  })

export const rolesByGraphql: Play = async (stage) => {
  const { ask, as, root, arn, account } = stage
  const assumeRolePolicyDocument = trust(account.accountId)
  const tags = [{ key: 'Team', value: 'red' }]
  await ask('createRole', {
    roleName: 'Engine',
    path: '/svc/',
    assumeRolePolicyDocument,
    description: 'drives',
    tags,
    maxSessionDuration: 7200,
  })
  await ask('createRole', { roleName: 'engine', assumeRolePolicyDocument })
  await ask('createRole', { roleName: 'Wheel', assumeRolePolicyDocument: trust(arn('user/None')) })
  await ask('createRole', { roleName: 'Wheel', assumeRolePolicyDocument: DOCUMENT })
  await ask('createRole', { roleName: 'Wheel', assumeRolePolicyDocument, maxSessionDuration: 60 })
  await ask('createRole', { roleName: 'Wheel', assumeRolePolicyDocument: trust(arn('user/Nobody')) })
  await ask('role', { name: 'ENGINE' }, { deep: 4 })
  await ask('role', { name: 'None' })
  await ask('roles', {})
  const page = await ask('roles', { first: 1 })
  await ask('roles', { first: 1, after: page.text('pageInfo.endCursor') })
  await ask('roles', { pathPrefix: '/svc/' })
  await ask('updateRole', { roleName: 'Engine', description: 'drives on', maxSessionDuration: 3600 })
  await ask('updateRole', { roleName: 'Engine', maxSessionDuration: 99999 })
  await ask('updateRoleDescription', { roleName: 'Engine', description: 'drives' })
  await ask('updateAssumeRolePolicy', {
    roleName: 'Engine',
    policyDocument: trust(arn('user/people/Admin'), arn('role/Wheel')),
  })
  await ask('updateAssumeRolePolicy', { roleName: 'Engine', policyDocument: '{}' })
  await ask('tagRole', { roleName: 'Engine', tags: [{ key: 'TEAM', value: 'blue' }] })
  await ask('roleTags', { roleName: 'Engine' })
  await ask('roleTags', { roleName: 'None' })
  await assumeByGraphql(stage)
  await ask('untagRole', { roleName: 'Engine', tagKeys: ['team'] })
  await as(root).ask(
    'putRolePolicy',
    { roleName: 'Engine', policyName: 'p', policyDocument: DOCUMENT },
    { select: '{ role { name } }' },
  )
  await ask('deleteRole', { roleName: 'Engine' })
  await ask('deleteRole', { roleName: 'Wheel' })
  await ask('deleteRole', { roleName: 'None' })
}

/** Sessions of roles, and those of whom no row knows. */
async function assumeByGraphql({ ask, as, nobody, root, arn }: Stage): Promise<void> {
  const roleArn = arn('role/svc/Engine')
  const session = { roleArn, roleSessionName: 'trip' }
  const answer = await ask('assumeRole', session)
  await ask('assumeRole', {
    ...session,
    tags: [{ key: 'Trip', value: '7' }],
    transitiveTagKeys: ['trip'],
    sourceIdentity: 'Ann',
    policy: DOCUMENT,
    durationSeconds: 900,
  })
  await as(nobody).ask('assumeRole', session)
  await as(root).ask('assumeRole', session)
  await ask('assumeRole', { ...session, roleArn: arn('role/None') })
  await ask('assumeRole', { roleArn: 'nothing-valid-in-here', roleSessionName: '!' })
  await ask('assumeRole', { ...session, durationSeconds: 43200 })
  const engine = {
    name: 'the session of Engine',
    accessKeyId: answer.text('accessKeyId'),
    secretAccessKey: answer.text('secretAccessKey'),
    sessionToken: answer.text('sessionToken'),
  }
  await as(engine).ask('viewer', {}, { deep: 4 })
  await as(engine).ask('users', {})
  await as({ name: 'the session of Engine by token', accessToken: answer.text('accessToken') }).ask('viewer', {})
  await as({ ...engine, sessionToken: `${engine.sessionToken.slice(0, -9)}AAAAAAAAA`, name: 'a forged session' }).call(
    'sts:GetCallerIdentity',
  )
  await ask('role', { name: 'Engine' }, { select: '{ lastUsed { at region } }' })
  await ask('revokeRoleSessions', { roleName: 'Engine' })
  await as(engine).ask('viewer', {}, { select: '{ arn }' })
  await ask('getFederationToken', { name: 'guest', policy: DOCUMENT, tags: [{ key: 'Team', value: 'red' }] })
  await ask('getFederationToken', { name: 'g', durationSeconds: 5 })
  await as(engine).ask('signOut', {})
}

export const rolesByAws: Play = async (stage) => {
  const { call, as, root, arn, account } = stage
  const AssumeRolePolicyDocument = trust(account.accountId)
  const Tags = [{ Key: 'Team', Value: 'red' }]
  await call('CreateRole', { RoleName: 'Engine', Path: '/svc/', AssumeRolePolicyDocument, Description: 'drives', Tags })
  await call('CreateRole', { RoleName: 'engine', AssumeRolePolicyDocument })
  await call('CreateRole', { RoleName: 'Wheel', AssumeRolePolicyDocument: trust(arn('user/None')) })
  await call('CreateRole', { RoleName: 'Wheel', AssumeRolePolicyDocument, MaxSessionDuration: '60' })
  await call('CreateRole', { RoleName: 'Wheel', AssumeRolePolicyDocument })
  await call('GetRole', { RoleName: 'engine' })
  await call('GetRole', { RoleName: 'None' })
  const page = await call('ListRoles', { MaxItems: '1' })
  await call('ListRoles', { Marker: page.text('Marker') })
  await call('ListRoles', { PathPrefix: '/svc/' })
  await call('UpdateRole', { RoleName: 'Engine', MaxSessionDuration: '7200' })
  await call('UpdateRoleDescription', { RoleName: 'Engine', Description: 'drives on' })
  await call('UpdateAssumeRolePolicy', { RoleName: 'Engine', PolicyDocument: trust(arn('user/people/Admin')) })
  await call('UpdateAssumeRolePolicy', { RoleName: 'Engine', PolicyDocument: '{}' })
  await call('TagRole', {
    RoleName: 'Engine',
    Tags: [
      { Key: 'TEAM', Value: 'blue' },
      { Key: 'site', Value: 'north' },
    ],
  })
  const tags = await call('ListRoleTags', { RoleName: 'Engine', MaxItems: '1' })
  await call('ListRoleTags', { RoleName: 'Engine', Marker: tags.text('Marker') })
  await assumeByAws(stage)
  await call('UntagRole', { RoleName: 'Engine', TagKeys: ['team'] })
  await as(root).call('PutRolePolicy', { RoleName: 'Engine', PolicyName: 'p', PolicyDocument: DOCUMENT })
  await call('DeleteRole', { RoleName: 'Engine' })
  await call('DeleteRole', { RoleName: 'Wheel' })
  await call('DeleteRole', { RoleName: 'Wheel' })
}

async function assumeByAws({ call, as, nobody, arn }: Stage): Promise<void> {
  const session = { RoleArn: arn('role/svc/Engine'), RoleSessionName: 'trip' }
  const answer = await call('sts:AssumeRole', session)
  await call('sts:AssumeRole', {
    ...session,
    Tags: [{ Key: 'Trip', Value: '7' }],
    SourceIdentity: 'Ann',
    Policy: DOCUMENT,
  })
  await as(nobody).call('sts:AssumeRole', session)
  await call('sts:AssumeRole', { ...session, RoleArn: arn('role/None') })
  await call('sts:AssumeRole', { ...session, DurationSeconds: '60' })
  const engine = {
    name: 'the session of Engine',
    accessKeyId: answer.text('AccessKeyId'),
    secretAccessKey: answer.text('SecretAccessKey'),
    sessionToken: answer.text('SessionToken'),
  }
  await as(engine).call('sts:GetCallerIdentity')
  await as(engine).call('ListUsers')
  await call('GetRole', { RoleName: 'Engine' })
  await call('sts:GetFederationToken', { Name: 'guest', Policy: DOCUMENT, DurationSeconds: '3600' })
  await call('sts:GetFederationToken', { Name: 'g', DurationSeconds: '5' })
}
