import { newAccessKeyId, newCertificateId, newSamlProviderId, uniqueId, uuidv7 } from '../../../src/iam/identifiers.ts'
import { type Account, at, type Installation, policyOf, textAt } from '../../support/installation.ts'
import { CERTIFICATES } from '../../support/certificates.ts'
import { SSH_KEYS } from '../../support/ssh-keys.ts'
import { passwordHash } from '../../support/world.ts'

/** Everything by which somebody could ask about what one account has. */
export type Names = Readonly<Record<(typeof KINDS)[number], string>>

const KINDS = [
  'accountId',
  'alias',
  'rootEmail',
  'userName',
  'groupName',
  'roleName',
  'instanceProfileName',
  'serverCertificateName',
  'policyName',
  'deviceName',
  'userArn',
  'groupArn',
  'roleArn',
  'policyArn',
  'oidcProviderArn',
  'oidcProviderUrl',
  'samlProviderArn',
  'samlProviderName',
  'serialNumber',
  'userId',
  'groupId',
  'roleId',
  'instanceProfileId',
  'serverCertificateId',
  'policyId',
  'deviceId',
  'accessKeyId',
  'serviceCredentialId',
  'sessionId',
  'deletionTaskId',
  'sshPublicKeyId',
  'certificateId',
  'jobId',
  'eventId',
  'decisionId',
  'requestId',
] as const

/** Gives an account one of everything, each with a name that begins with `prefix`, and tells what it is called. */
export async function furnish(installation: Installation, account: Account, prefix: string): Promise<Names> {
  const { accountId, arn, root } = account
  const { db, clock, services } = installation
  const createdAt = clock()
  const named = (kind: string) => ({ name: `${prefix}-${kind}`, nameKey: `${prefix}-${kind}`.toLowerCase() })
  const alias = `${prefix}-${accountId}-alias`.toLowerCase()
  await db.account.update({ where: { id: accountId }, data: { alias } })
  const policy = await account.createTestPolicy({
    name: named('policy').name,
    path: '/hidden/',
    document: policyOf([{ action: `s3:${prefix}` }]),
  })
  const user = await account.user({
    name: named('user').name,
    path: '/hidden/',
    tags: { [`${prefix}-tag`]: `${prefix}-value` },
    policies: { [`${prefix}-inline`]: policyOf([{ action: `s3:${prefix}` }]) },
    attached: [policy.id],
    boundary: policy.id,
    passwordHash: await passwordHash,
  })
  const group = { accountId, id: uniqueId('AGPA', services.random), ...named('group'), path: '/hidden/', createdAt }
  await db.group.create({ data: group })
  await db.groupMember.create({ data: { accountId, groupId: group.id, userId: user.id, addedAt: createdAt } })
  const role = { accountId, id: uniqueId('AROA', services.random), ...named('role'), path: '/hidden/', createdAt }
  await db.role.create({ data: { ...role, trustPolicy: trustIn(accountId), description: `${prefix}-description` } })
  const profile = {
    accountId,
    id: uniqueId('AIPA', services.random),
    ...named('profile'),
    path: '/hidden/',
    createdAt,
    roleId: role.id,
  }
  await db.instanceProfile.create({ data: profile })
  const certificate = {
    accountId,
    id: uniqueId('ASCA', services.random),
    ...named('certificate'),
    path: '/hidden/',
    certificateBody: `${prefix} body`,
    createdAt,
    expiresAt: createdAt,
  }
  await db.serverCertificate.create({ data: { ...certificate, privateKey: new Uint8Array(61), sealedBy: 'none' } })
  const serviceCredential = {
    accountId,
    id: uniqueId('ACCA', services.random),
    userId: user.id,
    serviceName: `${prefix}.example.com`.toLowerCase(),
    publicName: `${prefix}-at-${accountId}`,
    apiKey: false,
    createdAt,
  }
  await db.serviceSpecificCredential.create({ data: { ...serviceCredential, secretHash: '00'.repeat(32) } })
  const deletion = {
    id: uuidv7(createdAt, services.random),
    roleName: `${prefix}Linked`,
    path: '/aws-service-role/hidden/',
  }
  await db.serviceLinkedRoleDeletion.create({ data: { accountId, ...deletion, submittedAt: createdAt, usedBy: [] } })
  const url = `id.example.com/${prefix}`
  await db.oidcProvider.create({ data: { accountId, url, clientIds: [`${prefix}-audience`], createdAt } })
  const samlProviderName = `${prefix}-saml`
  const metadata = { entityId: `https://${url}`, metadataDocument: `<${prefix}/>`, certificates: ['none'] }
  await db.samlProvider.create({
    data: { accountId, name: samlProviderName, id: newSamlProviderId(services.random), ...metadata, createdAt },
  })
  const sshPublicKeyId = newAccessKeyId('APKA', accountId, services.random)
  await db.sshPublicKey.create({
    data: {
      accountId,
      id: sshPublicKeyId,
      userId: user.id,
      body: SSH_KEYS.rsa.line,
      digest: '',
      uploadedAt: createdAt,
    },
  })
  const certificateId = newCertificateId(services.random)
  await db.signingCertificate.create({
    data: {
      accountId,
      id: certificateId,
      userId: user.id,
      body: CERTIFICATES.alice,
      digest: '',
      uploadedAt: createdAt,
    },
  })
  const jobId = uuidv7(createdAt, services.random)
  const content = JSON.stringify({ actors: [], services: [] })
  await db.serviceAccessReport.create({
    data: {
      accountId,
      id: jobId,
      principalId: accountId,
      arn: user.arn,
      granularity: 'SERVICE_LEVEL',
      createdAt,
      content,
    },
  })
  const sessionId = `${prefix}-session`
  const expiresAt = new Date(createdAt.getTime() + 3_600_000)
  await db.session.create({
    data: { accountId, id: sessionId, userId: user.id, kind: 'PASSWORD', issuedAt: createdAt, expiresAt },
  })
  const device = await root(CREATE_DEVICE, { name: named('device').name })
  const denied = await user.ask('{ users { edges { cursor } } }')
  const decisionId = denied.errors[0]?.extensions.authz?.decisionId ?? ''
  const event = await db.auditEvent.findFirstOrThrow({ where: { accountId, decisionId } })
  return {
    accountId,
    alias,
    rootEmail: account.rootUser.email ?? '',
    userName: user.name,
    groupName: group.name,
    roleName: role.name,
    instanceProfileName: profile.name,
    serverCertificateName: certificate.name,
    policyName: named('policy').name,
    deviceName: named('device').name,
    userArn: user.arn,
    groupArn: arn(`group/hidden/${group.name}`),
    roleArn: arn(`role/hidden/${role.name}`),
    policyArn: policy.arn,
    oidcProviderArn: arn(`oidc-provider/${url}`),
    oidcProviderUrl: url,
    samlProviderArn: arn(`saml-provider/${samlProviderName}`),
    samlProviderName,
    serialNumber: textAt(device, 'createVirtualMfaDevice.mfaDevice.serialNumber'),
    userId: user.id,
    groupId: group.id,
    roleId: role.id,
    instanceProfileId: profile.id,
    serverCertificateId: certificate.id,
    policyId: policy.id,
    deviceId: localIdOf(String(at(device, 'createVirtualMfaDevice.mfaDevice.id'))),
    accessKeyId: user.accessKeys[0]!.id,
    serviceCredentialId: serviceCredential.id,
    sessionId,
    deletionTaskId: `task${deletion.path}${deletion.roleName}/${deletion.id}`,
    sshPublicKeyId,
    certificateId,
    jobId,
    eventId: event.id,
    decisionId,
    requestId: denied.requestId,
  }
}

/**
 * Names of the same shape that nobody has: those of the account itself but for the last character of each, or those of an
 * account that does not exist.
 */
export function missingOf(names: Names, where: 'in the account' | 'in no account'): Names {
  const accountId = where === 'in the account' ? names.accountId : '299999999998'
  const missing = Object.entries(names).map(([kind, value]) => {
    if (kind === 'accountId') return [kind, accountId]
    // The account of a key is part of its id, which the last characters are not.
    const moved = value.replaceAll(names.accountId, accountId)
    return [kind, moved.slice(0, -1) + (moved.endsWith('2') ? '3' : '2')]
  })
  return Object.fromEntries(missing)
}

/** A trust policy that lets an account's own principals in. */
export function trustIn(principal: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: principal }, Action: ['sts:AssumeRole', 'sts:TagSession'] },
  })
}

export function globalId(type: string, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64')
}

function localIdOf(id: string): string {
  return Buffer.from(id, 'base64').toString().replace(/^\w+:/, '')
}

const CREATE_DEVICE = `mutation ($name: String!) {
  createVirtualMfaDevice(input: { virtualMfaDeviceName: $name, path: "/hidden/" }) { mfaDevice { id serialNumber } }
}`
