import { DOCUMENT, type Play, type Stage, trustIn, WIDER } from '../stage.ts'

/** As a person writes it: it comes back letter by letter. */
const SPACED = JSON.stringify(JSON.parse(WIDER), null, 2)

const KINDS = ['User', 'Group', 'Role'] as const
type Kind = (typeof KINDS)[number]

/** One user, one group and one role, all called Holder, and two managed policies. */
async function furnish({ as, root, arn, account }: Stage): Promise<void> {
  const given = as(root)
  const trust = trustIn(account.accountId)
  await given.call('CreateUser', { UserName: 'Holder', Path: '/holders/' })
  await given.call('CreateGroup', { GroupName: 'Holder', Path: '/holders/' })
  await given.call('CreateRole', {
    RoleName: 'Holder',
    Path: '/holders/',
    AssumeRolePolicyDocument: trust,
  })
  await given.call('CreatePolicy', { PolicyName: 'Reports', Path: '/shared/', PolicyDocument: DOCUMENT })
  await given.call('CreatePolicy', { PolicyName: 'wide', PolicyDocument: WIDER })
  await given.call('GetPolicy', { PolicyArn: arn('policy/wide') })
}

export const heldPoliciesByGraphql: Play = async (stage) => {
  await furnish(stage)
  for (const kind of KINDS) await holdByGraphql(stage, kind)
  const { ask, arn } = stage
  for (const kind of ['User', 'Role'] as const) {
    const holder = { [`${kind.toLowerCase()}Name`]: 'Holder' }
    await ask(`delete${kind}PermissionsBoundary`, holder)
    await ask(`put${kind}PermissionsBoundary`, { ...holder, permissionsBoundary: arn('policy/shared/Reports') })
    await ask(`put${kind}PermissionsBoundary`, { ...holder, permissionsBoundary: arn('policy/None') })
    await ask(kind.toLowerCase(), { name: 'Holder' }, { select: '{ permissionsBoundary { arn policyName } }' })
    await ask('deletePolicy', { policyArn: arn('policy/shared/Reports') })
    await ask(`delete${kind}PermissionsBoundary`, holder)
  }
}

async function holdByGraphql({ ask, arn }: Stage, kind: Kind): Promise<void> {
  const small = kind.toLowerCase()
  const holder = { [`${small}Name`]: 'Holder' }
  const none = { [`${small}Name`]: 'None' }
  await ask(`put${kind}Policy`, { ...holder, policyName: 'Inline', policyDocument: DOCUMENT })
  await ask(`put${kind}Policy`, { ...holder, policyName: 'inline', policyDocument: WIDER })
  await ask(`put${kind}Policy`, {
    ...holder,
    policyName: 'another',
    policyDocument: SPACED,
  })
  await ask(`put${kind}Policy`, { ...none, policyName: 'Inline', policyDocument: DOCUMENT })
  await ask(`${small}Policy`, { ...holder, policyName: 'INLINE' })
  await ask(`${small}Policy`, { ...holder, policyName: 'None' })
  await ask(`${small}PolicyNames`, holder)
  await ask(`${small}PolicyNames`, none)
  await ask(`delete${kind}Policy`, { ...holder, policyName: 'another' })
  await ask(`delete${kind}Policy`, { ...holder, policyName: 'None' })
  await ask(`attach${kind}Policy`, { ...holder, policyArn: arn('policy/wide') })
  await ask(`attach${kind}Policy`, { ...holder, policyArn: arn('policy/shared/Reports') })
  await ask(`attach${kind}Policy`, { ...holder, policyArn: arn('policy/wide') })
  await ask(`attach${kind}Policy`, { ...holder, policyArn: arn('policy/None') })
  await ask(`attached${kind}Policies`, holder)
  await ask(`attached${kind}Policies`, { ...holder, pathPrefix: '/shared/' })
  await ask(small, { name: 'Holder' }, { deep: 4 })
  await ask(`detach${kind}Policy`, { ...holder, policyArn: arn('policy/shared/Reports') })
  await ask(`detach${kind}Policy`, { ...holder, policyArn: arn('policy/shared/Reports') })
  await ask(`delete${kind}`, holder)
}

export const heldPoliciesByAws: Play = async (stage) => {
  await furnish(stage)
  for (const kind of KINDS) await holdByAws(stage, kind)
  const { call, arn } = stage
  for (const kind of ['User', 'Role'] as const) {
    const holder = { [`${kind}Name`]: 'Holder' }
    await call(`Put${kind}PermissionsBoundary`, { ...holder, PermissionsBoundary: arn('policy/shared/Reports') })
    await call(`Put${kind}PermissionsBoundary`, { ...holder, PermissionsBoundary: 'nothing' })
    await call(`Get${kind}`, holder)
    await call(`Delete${kind}PermissionsBoundary`, holder)
    await call(`Delete${kind}PermissionsBoundary`, holder)
  }
}

async function holdByAws({ call, arn }: Stage, kind: Kind): Promise<void> {
  const holder = { [`${kind}Name`]: 'Holder' }
  await call(`Put${kind}Policy`, { ...holder, PolicyName: 'Inline', PolicyDocument: DOCUMENT })
  await call(`Put${kind}Policy`, { ...holder, PolicyName: 'Inline', PolicyDocument: '[]' })
  await call(`Put${kind}Policy`, { ...holder, PolicyName: 'another', PolicyDocument: WIDER })
  await call(`Get${kind}Policy`, { ...holder, PolicyName: 'inline' })
  await call(`Get${kind}Policy`, { ...holder, PolicyName: 'None' })
  const names = await call(`List${kind}Policies`, { ...holder, MaxItems: '1' })
  await call(`List${kind}Policies`, { ...holder, Marker: names.text('Marker') })
  await call(`Delete${kind}Policy`, { ...holder, PolicyName: 'another' })
  await call(`Delete${kind}Policy`, { ...holder, PolicyName: 'None' })
  await call(`Attach${kind}Policy`, { ...holder, PolicyArn: arn('policy/wide') })
  await call(`Attach${kind}Policy`, { ...holder, PolicyArn: arn('policy/shared/Reports') })
  await call(`Attach${kind}Policy`, { ...holder, PolicyArn: arn('policy/None') })
  const attached = await call(`ListAttached${kind}Policies`, { ...holder, MaxItems: '1' })
  await call(`ListAttached${kind}Policies`, { ...holder, Marker: attached.text('Marker') })
  await call(`ListAttached${kind}Policies`, { ...holder, PathPrefix: '/shared/' })
  await call(`Detach${kind}Policy`, { ...holder, PolicyArn: arn('policy/wide') })
  await call(`Detach${kind}Policy`, { ...holder, PolicyArn: arn('policy/wide') })
}
