import { DOCUMENT, type Play, WIDER } from '../stage.ts'

export const policiesByGraphql: Play = async ({ ask, as, root, arn }) => {
  const policyArn = arn('policy/shared/Reports')
  await ask('createPolicy', {
    policyName: 'Reports',
    path: '/shared/',
    policyDocument: DOCUMENT,
    description: 'reads reports',
    tags: [{ key: 'Team', value: 'red' }],
  })
  await ask('createPolicy', { policyName: 'reports', policyDocument: DOCUMENT })
  await ask('createPolicy', {
    policyName: 'Bad',
    policyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}',
  })
  await ask('createPolicy', { policyName: 'Bad', policyDocument: '{' })
  await ask('createPolicy', {
    policyName: 'Bad',
    policyDocument: JSON.stringify({ ...JSON.parse(DOCUMENT), Id: 'x'.repeat(7000) }),
  })
  await ask('createPolicy', { policyName: 'Other', policyDocument: WIDER })
  await ask('policy', { arn: policyArn }, { deep: 4 })
  await ask('policy', { arn: arn('policy/None') })
  await ask('policy', { arn: 'nothing' })
  await ask('policies', { scope: 'LOCAL' })
  const page = await ask('policies', { scope: 'LOCAL', first: 1 })
  await ask('policies', { scope: 'LOCAL', first: 1, after: page.text('pageInfo.endCursor') })
  await ask('policies', { scope: 'AWS', first: 2 })
  await ask('policies', { pathPrefix: '/shared/' })
  for (const setAsDefault of [false, true, false, false])
    await ask('createPolicyVersion', { policyArn, policyDocument: WIDER, setAsDefault })
  await ask('createPolicyVersion', { policyArn, policyDocument: WIDER })
  await ask('createPolicyVersion', { policyArn: 'arn:aws:iam::aws:policy/IAMFullAccess', policyDocument: WIDER })
  await ask('policyVersion', { policyArn, versionId: 'v2' })
  await ask('policyVersion', { policyArn, versionId: 'v9' })
  await ask('policyVersions', { policyArn })
  await ask('setDefaultPolicyVersion', { policyArn, versionId: 'v1' })
  await ask('setDefaultPolicyVersion', { policyArn, versionId: 'one' })
  await ask('deletePolicyVersion', { policyArn, versionId: 'v1' })
  await ask('deletePolicyVersion', { policyArn, versionId: 'v2' })
  await ask('tagPolicy', { policyArn, tags: [{ key: 'team', value: 'blue' }] })
  await ask('policyTags', { policyArn })
  await ask('untagPolicy', { policyArn, tagKeys: ['team'] })
  await as(root).ask('attachUserPolicy', { userName: 'Nobody', policyArn }, { select: '{ user { name } }' })
  await as(root).ask(
    'putUserPermissionsBoundary',
    { userName: 'Admin', permissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    { select: '{ user { name } }' },
  )
  await ask('entitiesForPolicy', { policyArn })
  await ask('entitiesForPolicy', { policyArn, entityFilter: 'ROLE' })
  await ask('entitiesForPolicy', { policyArn: arn('policy/None') })
  await ask('policies', { onlyAttached: true, policyUsageFilter: 'PERMISSIONS_BOUNDARY' })
  await ask('deletePolicy', { policyArn })
  await ask('deletePolicy', { policyArn: arn('policy/Other') })
  await ask('deletePolicy', { policyArn: arn('policy/Other') })
}

export const policiesByAws: Play = async ({ call, as, root, arn }) => {
  const PolicyArn = arn('policy/shared/Reports')
  const Tags = [{ Key: 'Team', Value: 'red' }]
  await call('CreatePolicy', {
    PolicyName: 'Reports',
    Path: '/shared/',
    PolicyDocument: DOCUMENT,
    Description: 'reads',
    Tags,
  })
  await call('CreatePolicy', { PolicyName: 'REPORTS', PolicyDocument: DOCUMENT })
  await call('CreatePolicy', { PolicyName: 'Bad', PolicyDocument: '{"Statement":{"Effect":"Allow","Action":"s3:*"}}' })
  await call('CreatePolicy', { PolicyName: 'Other', PolicyDocument: WIDER })
  await call('GetPolicy', { PolicyArn })
  await call('GetPolicy', { PolicyArn: arn('policy/None') })
  await call('ListPolicies', { Scope: 'Local' })
  const page = await call('ListPolicies', { Scope: 'Local', MaxItems: '1' })
  await call('ListPolicies', { Scope: 'Local', Marker: page.text('Marker') })
  await call('ListPolicies', { Scope: 'AWS', MaxItems: '2' })
  await call('ListPolicies', { Scope: 'Mine' })
  for (const SetAsDefault of ['false', 'true', 'false', 'false'])
    await call('CreatePolicyVersion', { PolicyArn, PolicyDocument: WIDER, SetAsDefault })
  await call('CreatePolicyVersion', { PolicyArn, PolicyDocument: WIDER })
  await call('GetPolicyVersion', { PolicyArn, VersionId: 'v1' })
  await call('GetPolicyVersion', { PolicyArn, VersionId: 'v9' })
  const versions = await call('ListPolicyVersions', { PolicyArn, MaxItems: '2' })
  await call('ListPolicyVersions', { PolicyArn, Marker: versions.text('Marker') })
  await call('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v1' })
  await call('DeletePolicyVersion', { PolicyArn, VersionId: 'v1' })
  await call('DeletePolicyVersion', { PolicyArn, VersionId: 'v2' })
  await call('TagPolicy', { PolicyArn, Tags: [{ Key: 'team', Value: 'blue' }] })
  await call('ListPolicyTags', { PolicyArn })
  await call('UntagPolicy', { PolicyArn, TagKeys: ['team'] })
  await as(root).call('AttachUserPolicy', { UserName: 'Nobody', PolicyArn })
  await as(root).call('CreateGroup', { GroupName: 'Crew' })
  await as(root).call('AttachGroupPolicy', { GroupName: 'Crew', PolicyArn })
  await call('ListEntitiesForPolicy', { PolicyArn })
  const entities = await call('ListEntitiesForPolicy', { PolicyArn, MaxItems: '1' })
  await call('ListEntitiesForPolicy', { PolicyArn, Marker: entities.text('Marker') })
  await call('ListEntitiesForPolicy', { PolicyArn, EntityFilter: 'User', PolicyUsageFilter: 'PermissionsPolicy' })
  await call('DeletePolicy', { PolicyArn })
  await call('DeletePolicy', { PolicyArn: arn('policy/Other') })
  await call('DeletePolicy', { PolicyArn: arn('policy/Other') })
  await call('DeletePolicy', { PolicyArn: 'arn:aws:iam::aws:policy/IAMFullAccess' })
}
