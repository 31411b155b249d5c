import type { Play } from '../stage.ts'

export const accessKeysByGraphql: Play = async ({ ask, as, root, arn }) => {
  await as(root).ask('createUser', { userName: 'Bot' }, { select: '{ user { id } }' })
  const made = await ask('createAccessKey', { userName: 'Bot', description: 'deploys' })
  await ask('createAccessKey', { userName: 'Bot', clientToken: 'once-and-no-more-1' })
  await ask('createAccessKey', { userName: 'Bot', clientToken: 'once-and-no-more-1' })
  await ask('createAccessKey', { userName: 'Bot' })
  await ask('createAccessKey', { userName: 'Nobody-there' })
  const own = await ask('createAccessKey', {}, { select: '{ accessKey { accessKeyId userName } }' })
  const accessKeyId = made.text('accessKey.accessKeyId')
  const bot = {
    name: 'Bot',
    accessKeyId,
    secretAccessKey: made.text('secretAccessKey'),
  }
  await as(bot).ask('viewer', {}, { select: '{ arn accessKeyId credential user { name } }' })
  await as(bot).call('sts:GetCallerIdentity')
  await ask('accessKeys', { userName: 'Bot' })
  await ask('accessKeys', {})
  await ask('accessKey', { id: accessKeyId })
  await ask('accessKey', { id: 'AKIAQAAAAAAAAAAAAAAA' })
  await ask('accessKey', { id: 'short' })
  await ask('accessKeyInfo', { id: accessKeyId })
  await ask('accessKeyInfo', { id: 'AKIAIOSFODNN7EXAMPLE' })
  await ask('users', { accessKeyId })
  await ask('users', { search: accessKeyId })
  await ask('node', { id: Buffer.from(`AccessKey:${accessKeyId}`).toString('base64') })
  await ask('updateAccessKey', { userName: 'Bot', accessKeyId, status: 'INACTIVE', description: '' })
  await as(bot).ask('viewer', {}, { select: '{ arn }' })
  await ask('updateAccessKey', { userName: 'Bot', accessKeyId: own.text('accessKey.accessKeyId'), status: 'ACTIVE' })
  await ask('updateAccessKey', { userName: 'Bot', accessKeyId })
  await ask('updateAccessKey', { userName: 'Bot', accessKeyId, description: 'x'.repeat(300) })
  await ask('deleteAccessKey', { userName: 'Bot', accessKeyId, requireInactive: true })
  await ask('deleteAccessKey', { userName: 'Bot', accessKeyId })
  await ask('deleteAccessKey', { accessKeyId: own.text('accessKey.accessKeyId'), requireInactive: true })
  await ask('deleteUser', { userName: 'Bot' })
  await ask(
    'auditEvents',
    { filter: { action: 'iam:CreateAccessKey', resource: arn('user/Bot') }, first: 2 },
    { deep: 4 },
  )
}

export const accessKeysByAws: Play = async ({ call, as, root }) => {
  await as(root).call('CreateUser', { UserName: 'Bot' })
  const made = await call('CreateAccessKey', { UserName: 'Bot' })
  const AccessKeyId = made.text('AccessKeyId')
  await call('CreateAccessKey', { UserName: 'Bot' })
  await call('CreateAccessKey', { UserName: 'Bot' })
  await call('CreateAccessKey', { UserName: 'Nobody-there' })
  await as(root).call('CreateAccessKey')
  const bot = { name: 'Bot', accessKeyId: AccessKeyId, secretAccessKey: made.text('SecretAccessKey') }
  await as(bot).call('sts:GetCallerIdentity')
  await call('GetAccessKeyLastUsed', { AccessKeyId })
  await as(root).call('ListAccessKeys')
  await call('ListAccessKeys', { UserName: 'Bot' })
  const page = await call('ListAccessKeys', { UserName: 'Bot', MaxItems: '1' })
  await call('ListAccessKeys', { UserName: 'Bot', Marker: page.text('Marker') })
  await call('ListAccessKeys', { UserName: 'Nobody-there' })
  await call('GetAccessKeyLastUsed', { AccessKeyId: 'AKIAQAAAAAAAAAAAAAAA' })
  await call('sts:GetAccessKeyInfo', { AccessKeyId })
  await call('sts:GetAccessKeyInfo', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })
  await call('UpdateAccessKey', { UserName: 'Bot', AccessKeyId, Status: 'Inactive' })
  await as(bot).call('sts:GetCallerIdentity')
  await call('UpdateAccessKey', { UserName: 'Bot', AccessKeyId, Status: 'Expired' })
  await call('UpdateAccessKey', { AccessKeyId, Status: 'Active' })
  await call('DeleteAccessKey', { UserName: 'Bot', AccessKeyId })
  await call('DeleteAccessKey', { UserName: 'Bot', AccessKeyId })
}
