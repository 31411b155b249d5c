import { hashPassword } from '../../src/authn/password/index.ts'
import { uniqueId } from '../../src/iam/identifiers.ts'
import { readCertificate } from '../../src/iam/signing-certificates/certificate-material.ts'
import { sshKeyDigest, readSshKey } from '../../src/iam/ssh-public-keys/ssh-key-material.ts'
import { CERTIFICATES } from './certificates.ts'
import { SSH_KEYS } from './ssh-keys.ts'
import { newTokenIssuer } from './token-issuer.ts'
import { totp } from './signing-in.ts'
import { type Account, type Grant, type Installation, policyOf, textAt } from './installation.ts'

export const PASSWORD = 'Correct-Horse-7'
/** The SSH public key of the user Target. */
export const TARGETS_SSH_KEY = 'APKAQTARGETSKEY23456'
/** The signing certificate of the user Target. */
export const TARGETS_CERTIFICATE = 'TARGETSCERTIFICATE23456734567765'
/** The least work that argon2 can do: these tests are not about its strength. */
export const passwordHash = hashPassword(PASSWORD, { memoryCost: 8, timeCost: 1, parallelism: 1 })

let worlds = 0

export type World = Awaited<ReturnType<typeof openWorld>>

/**
 * An account in which every field of the schema has something to find: a user under a path with everything that a user can
 * have, a managed policy under a path with two versions, an MFA device in use and one that waits.
 */
export async function openWorld(installation: Installation) {
  const alias = `world-${++worlds}`
  const account = await installation.openAccount({ alias })
  const { accountId, arn, root } = account
  const managed = await account.createTestPolicy({
    name: 'Managed',
    path: '/shared/',
    document: policyOf([{ action: 's3:GetObject' }]),
  })
  await installation.db.policyVersion.create({
    data: {
      accountId,
      policyId: managed.id,
      number: 2,
      document: JSON.stringify(policyOf([{ action: 's3:PutObject' }])),
      createdAt: installation.clock(),
    },
  })
  await installation.db.policy.update({
    where: { accountId_id: { accountId, id: managed.id } },
    data: { latestVersion: 2, description: 'about objects' },
  })
  await installation.db.policyTag.create({ data: { accountId, policyId: managed.id, key: 'team', value: 'red' } })
  const loose = await account.createTestPolicy({ name: 'Loose', document: policyOf([{ action: 's3:ListBucket' }]) })
  const target = await account.createTestUser({
    name: 'Target',
    path: '/staff/',
    tags: { team: 'red' },
    policies: { inline: policyOf([{ action: 's3:*' }]) },
    attached: [managed.id],
    boundary: managed.id,
    passwordHash: await passwordHash,
  })
  await installation.db.user.update({
    where: { accountId_id: { accountId, id: target.id } },
    data: { passwordLastUsedAt: installation.clock() },
  })
  await installation.db.passwordPolicy.create({ data: { accountId, minimumPasswordLength: 8 } })
  const serviceCredential = await newServiceCredential(installation, accountId, target.id)
  await newPublicKeys(installation, accountId, target.id)
  const plain = await account.createTestUser({ name: 'Plain', path: '/staff/', accessKeys: 0 })
  await installation.db.credentialReport.create({
    data: { accountId, generatedAt: installation.clock(), content: 'user,arn' },
  })
  const engine = await newRole(installation, accountId, managed.id)
  const linked = await newServiceLinkedRole(installation, accountId)
  const machine = await newInstanceProfiles(installation, accountId, engine.id)
  const front = await newServerCertificate(installation, accountId)
  const crew = await newGroup(installation, accountId, { userId: target.id, policyId: managed.id })
  await newTokenIssuer(installation, accountId)
  const identityProvider = await newIdentityProvider(installation, accountId)
  const samlProvider = await newSamlProvider(installation, accountId)
  const used = await enrol({ installation, root }, 'Used', 'Target')
  const waiting = await newDevice({ installation, root }, 'Waiting')
  const { id: deviceId } = await installation.db.mfaDevice.findFirstOrThrow({ where: { accountId, name: 'Used' } })
  await installation.db.recoveryCodes.create({
    data: {
      accountId,
      userId: target.id,
      key: new Uint8Array(61),
      keyId: 'none',
      hashes: [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)],
      createdAt: installation.clock(),
    },
  })
  await installation.db.mfaDeviceTag.create({ data: { accountId, deviceId, key: 'team', value: 'red' } })
  const expiresAt = new Date(installation.clock().getTime() + 3_600_000)
  await installation.db.session.create({
    data: {
      accountId,
      id: 'target-session',
      userId: target.id,
      kind: 'PASSWORD',
      issuedAt: installation.clock(),
      expiresAt,
    },
  })
  const event = await installation.db.auditEvent.findFirstOrThrow({ where: { accountId } })
  await guess(installation, target.accessKeys[0]!.id)
  return {
    installation,
    account,
    alias,
    event,
    arn,
    target,
    targetKey: target.accessKeys[0]!,
    serviceCredential,
    plain,
    managed,
    loose,
    engine: { ...engine, arn: arn('role/svc/engines/Engine') },
    linked: { ...linked, arn: arn(`role${linked.path}${linked.name}`) },
    machine: { ...machine, arn: arn('instance-profile/machines/m/Machine') },
    front: { ...front, arn: arn('server-certificate/web/Front') },
    crew,
    samlProvider: { ...samlProvider, arn: arn(`saml-provider/${samlProvider.name}`) },
    identityProvider: { ...identityProvider, arn: arn(`oidc-provider/${identityProvider.url}`) },
    used,
    waiting,
    globalId: (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64'),
    /** A caller with exactly these permissions and a key. */
    caller: (allow: readonly Grant[], name = 'Caller') => account.user({ name, allow }),
  }
}

/** A server certificate under a path with a chain and a tag, which nobody reads. */
async function newServerCertificate({ db, clock, services }: Installation, accountId: string) {
  const id = uniqueId('ASCA', services.random)
  await db.serverCertificate.create({
    data: {
      accountId,
      id,
      name: 'Front',
      nameKey: 'front',
      path: '/web/',
      certificateBody: 'a certificate',
      certificateChain: 'a chain',
      privateKey: new Uint8Array(61),
      sealedBy: 'none',
      createdAt: clock(),
      expiresAt: clock(),
    },
  })
  await db.serverCertificateTag.create({ data: { accountId, certificateId: id, key: 'team', value: 'red' } })
  return { id }
}

/** A credential of a user for one service. */
async function newServiceCredential({ db, clock, services }: Installation, accountId: string, userId: string) {
  return await db.serviceSpecificCredential.create({
    data: {
      accountId,
      id: uniqueId('ACCA', services.random),
      userId,
      serviceName: 'git.example.com',
      publicName: `Target-at-${accountId}`,
      apiKey: false,
      secretHash: '00'.repeat(32),
      createdAt: clock(),
    },
    omit: { secretHash: true },
  })
}

/** An SSH public key and a signing certificate. */
async function newPublicKeys({ db, clock }: Installation, accountId: string, userId: string) {
  const key = SSH_KEYS.ed25519.line
  const certificate = CERTIFICATES.alice
  const common = { accountId, userId, uploadedAt: clock() }
  await db.sshPublicKey.create({
    data: { ...common, id: TARGETS_SSH_KEY, body: key, digest: sshKeyDigest(readSshKey(key)) },
  })
  await db.signingCertificate.create({
    data: { ...common, id: TARGETS_CERTIFICATE, body: certificate, digest: readCertificate(certificate).digest },
  })
}

/** An instance profile with a role and a tag, and beside it one without anything. */
async function newInstanceProfiles({ db, clock, services }: Installation, accountId: string, roleId: string) {
  const [machine, spare] = ['Machine', 'Spare'].map((name) => ({
    accountId,
    id: uniqueId('AIPA', services.random),
    name,
    nameKey: name.toLowerCase(),
    path: name === 'Machine' ? '/machines/m/' : '/machines/',
    createdAt: clock(),
  }))
  await db.instanceProfile.createMany({ data: [{ ...machine!, roleId }, spare!] })
  await db.instanceProfileTag.create({ data: { accountId, profileId: machine!.id, key: 'team', value: 'red' } })
  return machine!
}

/** The role of a service, and a deletion of it that has failed. */
async function newServiceLinkedRole({ db, clock, services }: Installation, accountId: string) {
  const name = 'AWSServiceRoleForBilling'
  const path = '/aws-service-role/billing.example.com/'
  const trusted = { Effect: 'Allow', Principal: { Service: 'billing.example.com' }, Action: 'sts:AssumeRole' }
  const trustPolicy = JSON.stringify({ Version: '2012-10-17', Statement: trusted })
  const role = { accountId, id: uniqueId('AROA', services.random), name, path, trustPolicy, createdAt: clock() }
  await db.role.create({ data: { ...role, nameKey: name.toLowerCase() } })
  const deletion = { accountId, id: '018f0000-0000-7000-8000-000000000000', roleName: name, path }
  const usedBy = [`arn:aws:iam::${accountId}:instance-profile/Some`]
  await db.serviceLinkedRoleDeletion.create({ data: { ...deletion, usedBy, submittedAt: clock() } })
  return { ...role, deletionTaskId: `task${path}${name}/${deletion.id}` }
}

/** A role under a path with everything that a role can have, and beside it one without anything. */
async function newRole({ db, clock, services }: Installation, accountId: string, policyId: string) {
  const trustPolicy = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' },
  })
  const [engine, bare] = ['Engine', 'Bare'].map((name) => ({
    accountId,
    id: uniqueId('AROA', services.random),
    name,
    nameKey: name.toLowerCase(),
    path: name === 'Engine' ? '/svc/engines/' : '/svc/',
    trustPolicy,
    createdAt: clock(),
  }))
  await db.role.createMany({ data: [{ ...engine!, description: 'drives', boundaryPolicyId: policyId }, bare!] })
  const owner = { accountId, roleId: engine!.id }
  await db.roleTag.create({ data: { ...owner, key: 'team', keyFold: 'team', value: 'red' } })
  const document = JSON.stringify(policyOf([{ action: 's3:*' }]))
  await db.rolePolicy.create({ data: { ...owner, name: 'inline', nameKey: 'inline', document, updatedAt: clock() } })
  await db.rolePolicyAttachment.create({ data: { ...owner, policyId, attachedAt: clock() } })
  return engine!
}

/** A registered identity provider with everything that one can have. */
async function newIdentityProvider({ db, clock }: Installation, accountId: string) {
  const url = 'idp.example.com/realms/staff'
  const lists = { clientIds: ['portal'], thumbprints: ['0f'.repeat(20)] }
  const provider = await db.oidcProvider.create({ data: { accountId, url, ...lists, createdAt: clock() } })
  await db.oidcProviderTag.create({ data: { accountId, providerUrl: url, key: 'team', value: 'red' } })
  return provider
}

/** A registered identity provider of SAML with everything that one can have. */
async function newSamlProvider({ db, clock }: Installation, accountId: string) {
  const names = { name: 'Staff', id: 'SAMLSPAAAAAAAAAAAAAAAA', entityId: 'https://idp.example.com/saml' }
  const metadata = { metadataDocument: '<EntityDescriptor/>', certificates: ['none'], validUntil: clock() }
  const provider = await db.samlProvider.create({ data: { accountId, ...names, ...metadata, createdAt: clock() } })
  await db.samlProviderTag.create({ data: { accountId, providerName: names.name, key: 'team', value: 'red' } })
  return provider
}

/** A group under a path with a member and policies, and beside it one without anything. */
async function newGroup(
  { db, clock, services }: Installation,
  accountId: string,
  has: { userId: string; policyId: string },
) {
  const [crew, empty] = ['Crew', 'Empty'].map((name) => ({
    accountId,
    id: uniqueId('AGPA', services.random),
    name,
    nameKey: name.toLowerCase(),
    path: name === 'Crew' ? '/ships/' : '/ports/',
    createdAt: clock(),
  }))
  await db.group.createMany({ data: [crew!, empty!] })
  const owner = { accountId, groupId: crew!.id }
  const document = JSON.stringify(policyOf([{ action: 's3:*' }]))
  await db.groupMember.create({ data: { ...owner, userId: has.userId, addedAt: clock() } })
  await db.groupPolicy.create({ data: { ...owner, name: 'inline', nameKey: 'inline', document, updatedAt: clock() } })
  await db.groupPolicyAttachment.create({ data: { ...owner, policyId: has.policyId, attachedAt: clock() } })
  return crew!
}

interface Enrolment {
  readonly installation: Installation
  readonly root: Account['root']
}

/** Somebody tries a secret with a key, and the trail knows. */
async function guess(installation: Installation, accessKeyId: string): Promise<void> {
  await installation.signs({ accessKeyId, secretAccessKey: 'wrong'.repeat(8) })('{ viewer { arn } }')
  await installation.application.tally.flush()
}

/** A virtual device that nobody uses yet. */
async function newDevice({ installation, root }: Enrolment, virtualMfaDeviceName: string) {
  const created = await root(
    `mutation ($virtualMfaDeviceName: String!) {
      createVirtualMfaDevice(input: { virtualMfaDeviceName: $virtualMfaDeviceName }) {
        base32StringSeed mfaDevice { id serialNumber }
      }
    }`,
    { virtualMfaDeviceName },
  )
  const seed = textAt(created, 'createVirtualMfaDevice.base32StringSeed')
  return {
    seed,
    nodeId: textAt(created, 'createVirtualMfaDevice.mfaDevice.id'),
    serialNumber: textAt(created, 'createVirtualMfaDevice.mfaDevice.serialNumber'),
    /** The code that it shows so many steps from now. */
    code: (steps = 0) => totp(seed, installation.clock(), steps),
  }
}

/** A device in use; the clock moves on, so that the next code is a new one. */
export async function enrol(enrolment: Enrolment, deviceName: string, userName: string | null) {
  const device = await newDevice(enrolment, deviceName)
  const enabled = await enrolment.root(ENABLE, {
    input: {
      userName,
      serialNumber: device.serialNumber,
      authenticationCode1: device.code(-1),
      authenticationCode2: device.code(),
    },
  })
  if (enabled.errors.length > 0) throw new Error(enabled.text)
  enrolment.installation.clock.advance(60_000)
  return device
}

const ENABLE = 'mutation ($input: EnableMfaDeviceInput!) { enableMfaDevice(input: $input) { __typename } }'

/** What is written of those who only ask. */
const TOLD_OF_QUESTIONS = ['audit_event', 'decision_record']
const LAST_USED = "'{last_used_at,last_used_service,last_used_region,last_used_operation,last_used_source_ip}'::text[]"
const statements = new WeakMap<Installation['pool'], Promise<{ readonly name: string; readonly text: string }>>()

/** Every row that the database holds of an account, but of what tells of questions, and without when its keys were used. */
export async function contentOf({ pool }: Pick<Installation, 'pool'>, accountId: string): Promise<readonly string[]> {
  const statement = statements.get(pool) ?? readContent(pool)
  statements.set(pool, statement)
  const { rows } = await pool.query<{ row: string }>({ ...(await statement), values: [accountId] })
  return rows.map(({ row }) => row).toSorted()
}

/** One statement for all tables, because it is asked thousands of times; each connection prepares it once. */
async function readContent(pool: Installation['pool']) {
  const selects = (await tablesOfAccounts(pool)).map(
    ({ name, owner }) =>
      `select '${name} ' || (to_jsonb(t) - ${LAST_USED})::text as row from "${name}" t where ${owner} = $1`,
  )
  return { name: 'content of an account', text: selects.join(' union all ') }
}

/** The tables that `contentOf` reads, as the catalogue of the database has them, and the column that says whose a row is. */
export async function tablesOfAccounts(
  pool: Installation['pool'],
): Promise<{ readonly name: string; readonly owner: string }[]> {
  const { rows } = await pool.query<{ name: string; owner: string }>(
    `select c.table_name as name, c.column_name as owner
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where table_schema = current_schema() and t.table_type = 'BASE TABLE'
       and (c.column_name = 'account_id' or (c.table_name = 'account' and c.column_name = 'id'))
       and not c.table_name = any ($1)`,
    [TOLD_OF_QUESTIONS],
  )
  return rows
}
