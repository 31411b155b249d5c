import { type Play, trustIn } from '../stage.ts'

export const instanceProfilesByGraphql: Play = async ({ ask, as, root, account }) => {
  await as(root).ask(
    'createRole',
    { roleName: 'Engine', path: '/svc/', assumeRolePolicyDocument: trustIn(account.accountId) },
    { select: '{ role { id } }' },
  )
  await as(root).ask(
    'createRole',
    { roleName: 'Other', assumeRolePolicyDocument: trustIn(account.accountId) },
    { select: '{ role { id } }' },
  )
  await ask('createInstanceProfile', {
    instanceProfileName: 'Machine',
    path: '/machines/',
    tags: [{ key: 'team', value: 'red' }],
  })
  await ask('createInstanceProfile', { instanceProfileName: 'MACHINE' })
  await ask('createInstanceProfile', { instanceProfileName: 'no good' })
  await ask('createInstanceProfile', { instanceProfileName: 'spare' })
  await ask('addRoleToInstanceProfile', { instanceProfileName: 'Machine', roleName: 'Engine' })
  await ask('addRoleToInstanceProfile', { instanceProfileName: 'Machine', roleName: 'Other' })
  await ask('addRoleToInstanceProfile', { instanceProfileName: 'Machine', roleName: 'Nobody-there' })
  await ask('addRoleToInstanceProfile', { instanceProfileName: 'None', roleName: 'Other' })
  await ask('instanceProfile', { name: 'machine' })
  await ask('instanceProfile', { name: 'None' })
  const page = await ask('instanceProfiles', { first: 1 })
  await ask('instanceProfiles', { first: 1, after: page.text('pageInfo.endCursor') })
  await ask('instanceProfiles', { pathPrefix: '/machines/' })
  await ask('instanceProfilesForRole', { roleName: 'Engine' })
  await ask('instanceProfilesForRole', { roleName: 'Nobody-there' })
  await ask('tagInstanceProfile', { instanceProfileName: 'Machine', tags: [{ key: 'Team', value: 'blue' }] })
  await ask('instanceProfileTags', { instanceProfileName: 'Machine' })
  await ask('untagInstanceProfile', { instanceProfileName: 'Machine', tagKeys: ['team', 'none'] })
  await ask('deleteRole', { roleName: 'Engine' })
  await ask('deleteInstanceProfile', { instanceProfileName: 'Machine' })
  await ask('removeRoleFromInstanceProfile', { instanceProfileName: 'Machine', roleName: 'Other' })
  await ask('removeRoleFromInstanceProfile', { instanceProfileName: 'Machine', roleName: 'Engine' })
  await ask('deleteInstanceProfile', { instanceProfileName: 'Machine' })
  await ask('deleteInstanceProfile', { instanceProfileName: 'Machine' })
}

export const instanceProfilesByAws: Play = async ({ call, as, root, account }) => {
  await as(root).call('CreateRole', {
    RoleName: 'Engine',
    Path: '/svc/',
    AssumeRolePolicyDocument: trustIn(account.accountId),
  })
  await as(root).call('CreateRole', { RoleName: 'Other', AssumeRolePolicyDocument: trustIn(account.accountId) })
  await call('CreateInstanceProfile', {
    InstanceProfileName: 'Machine',
    Path: '/machines/',
    Tags: [{ Key: 'team', Value: 'red' }],
  })
  await call('CreateInstanceProfile', { InstanceProfileName: 'machine' })
  await call('CreateInstanceProfile', { InstanceProfileName: 'spare' })
  await call('AddRoleToInstanceProfile', { InstanceProfileName: 'Machine', RoleName: 'Engine' })
  await call('AddRoleToInstanceProfile', { InstanceProfileName: 'Machine', RoleName: 'Other' })
  await call('GetInstanceProfile', { InstanceProfileName: 'machine' })
  await call('GetInstanceProfile', { InstanceProfileName: 'None' })
  const page = await call('ListInstanceProfiles', { MaxItems: '1' })
  await call('ListInstanceProfiles', { Marker: page.text('Marker') })
  await call('ListInstanceProfiles', { PathPrefix: '/machines/' })
  await call('ListInstanceProfilesForRole', { RoleName: 'Engine' })
  await call('ListInstanceProfilesForRole', { RoleName: 'Nobody-there' })
  await call('TagInstanceProfile', { InstanceProfileName: 'Machine', Tags: [{ Key: 'Team', Value: 'blue' }] })
  await call('ListInstanceProfileTags', { InstanceProfileName: 'Machine' })
  await call('UntagInstanceProfile', { InstanceProfileName: 'Machine', TagKeys: ['team'] })
  await call('DeleteRole', { RoleName: 'Engine' })
  await call('DeleteInstanceProfile', { InstanceProfileName: 'Machine' })
  await call('RemoveRoleFromInstanceProfile', { InstanceProfileName: 'Machine', RoleName: 'Other' })
  await call('RemoveRoleFromInstanceProfile', { InstanceProfileName: 'Machine', RoleName: 'Engine' })
  await call('DeleteInstanceProfile', { InstanceProfileName: 'Machine' })
  await call('DeleteInstanceProfile', { InstanceProfileName: 'Machine' })
}
