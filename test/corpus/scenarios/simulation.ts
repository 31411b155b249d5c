import { DOCUMENT, type Play, WIDER } from '../stage.ts'

const CONDITIONED = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Known',
      Effect: 'Allow',
      Action: 's3:*',
      Resource: '*',
      Condition: { StringLike: { 'aws:username': 'b*' } },
    },
    { Sid: 'Never', Effect: 'Deny', Action: 's3:PutObject', Resource: '*' },
  ],
})

export const simulationByGraphql: Play = async ({ ask, as, root, admin, arn }) => {
  const entry = { contextKeyName: 'aws:username', contextKeyValues: ['bob'], contextKeyType: 'STRING' }
  const custom = { policyInputList: [CONDITIONED], actionNames: ['s3:GetObject', 's3:PutObject'] }
  await ask('simulateCustomPolicy', { input: custom }, { deep: 4 })
  await ask(
    'simulateCustomPolicy',
    { input: { ...custom, contextEntries: [entry], resourceArns: ['*', 'arn:aws:s3:::a'] } },
    { deep: 5 },
  )
  await ask('simulateCustomPolicy', {
    input: { ...custom, contextEntries: [entry], permissionsBoundaryPolicyInputList: [DOCUMENT] },
  })
  await ask('simulateCustomPolicy', { input: { ...custom, policyInputList: ['{'] } })
  await ask('simulateCustomPolicy', { input: { ...custom, actionNames: ['nothing'] } })
  await ask(
    'simulatePrincipalPolicy',
    { input: { policySourceArn: admin.arn, actionNames: ['iam:GetUser'], resourceArns: [arn('user/x')] } },
    { deep: 4 },
  )
  await ask('simulatePrincipalPolicy', { input: { policySourceArn: arn('user/None'), actionNames: ['iam:GetUser'] } })
  await ask('contextKeysForCustomPolicy', { input: { policyInputList: [CONDITIONED] } })
  await ask('contextKeysForCustomPolicy', { input: { policyInputList: ['{'] } })
  await ask('contextKeysForPrincipalPolicy', { input: { policySourceArn: admin.arn, policyInputList: [CONDITIONED] } })
  await ask('contextKeysForPrincipalPolicy', { input: { policySourceArn: 'nothing' } })
  await ask('validatePolicy', { document: WIDER })
  await ask('validatePolicy', {
    document: '{"Statement":{"Effect":"Allow","Action":"s3:Nothing","Resource":"*","Extra":1}}',
  })
  await ask('validatePolicy', { document: CONDITIONED, type: 'TRUST' })
  await ask('validatePolicy', { document: 'no JSON' })
  await ask('knownActions', {})
  const checks = '[{ action: "iam:GetUser" }, { action: "iam:DeleteUser", resource: "*" }]'
  const viewer = {
    select: `{ can(checks: ${checks}) { allowed effect reason message } mayBeAllowed(actions: ["iam:GetUser", "s3:GetObject"]) }`,
  }
  await as(admin).ask('viewer', {}, viewer)
  await as(root).ask('viewer', {}, viewer)
}

export const simulationByAws: Play = async ({ call, admin, arn }) => {
  const entry = { ContextKeyName: 'aws:username', ContextKeyValues: ['bob'], ContextKeyType: 'string' }
  const custom = { PolicyInputList: [CONDITIONED], ActionNames: ['s3:GetObject', 's3:PutObject'] }
  await call('SimulateCustomPolicy', custom)
  const page = await call('SimulateCustomPolicy', { ...custom, ContextEntries: [entry], MaxItems: '1' })
  await call('SimulateCustomPolicy', { ...custom, ContextEntries: [entry], Marker: page.text('Marker') })
  await call('SimulateCustomPolicy', { ...custom, PolicyInputList: ['{'] })
  const principal = { PolicySourceArn: admin.arn, ActionNames: ['iam:GetUser'], ResourceArns: [arn('user/x')] }
  await call('SimulatePrincipalPolicy', principal)
  await call('SimulatePrincipalPolicy', { ...principal, PermissionsBoundaryPolicyInputList: [DOCUMENT] })
  await call('SimulatePrincipalPolicy', { ...principal, PolicySourceArn: arn('user/None') })
  await call('GetContextKeysForCustomPolicy', { PolicyInputList: [CONDITIONED] })
  await call('GetContextKeysForPrincipalPolicy', { PolicySourceArn: admin.arn, PolicyInputList: [CONDITIONED] })
}
