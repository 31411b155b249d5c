import type { Prisma } from '../../src/generated/prisma/client.ts'
import type { World } from '../support/world.ts'

const of = <Row>(count: number, row: (n: number) => Row): Row[] => Array.from({ length: count }, (_, n) => row(n))

/** Fills the account of a world up to the quotas of IAM, in rows that nobody needs to make one by one. */
export async function fillUp({ installation: { db, clock }, account, target, plain, managed, ...world }: World) {
  const { accountId } = account
  const createdAt = clock()
  const named = (prefix: string, n: number) => ({
    accountId,
    id: `${prefix}FULL${n}`,
    name: `full-${n}`,
    nameKey: `full-${n}`,
    createdAt,
  })
  const trustPolicy = '{}'
  const seed = { seed: new Uint8Array(61), seedKeyId: 'none' }
  const key = { accountId, userId: target.id }
  const policies = of(10, (n) => ({ ...named('ANPA', n), updatedAt: createdAt }))
  await db.user.createMany({ data: of(5000, (n) => named('AIDA', n)) })
  await db.group.createMany({ data: of(300, (n) => named('AGPA', n)) })
  await db.role.createMany({ data: of(1000, (n) => ({ ...named('AROA', n), trustPolicy })) })
  await db.instanceProfile.createMany({ data: of(1000, (n) => named('AIPA', n)) })
  await db.mfaDevice.createMany({ data: of(5000, (n) => ({ ...named('MFA', n), ...seed })) })
  await db.mfaDevice.createMany({
    data: of(8, (n) => ({
      ...named('MFAOF', n),
      nameKey: `of-${n}`,
      ...seed,
      userId: target.id,
      enabledAt: createdAt,
    })),
  })
  await db.oidcProvider.createMany({ data: of(100, (n) => ({ accountId, url: `full.example.com/${n}`, createdAt })) })
  await db.oidcProvider.update({
    where: { accountId_url: { accountId, url: world.identityProvider.url } },
    data: { clientIds: of(100, (n) => `audience-${n}`) },
  })
  const metadata = { metadataDocument: '', entityId: '', certificates: ['none'] }
  await db.samlProvider.createMany({
    data: of(100, (n) => ({ accountId, name: `full-${n}`, id: `SAMLSP${n}`, ...metadata, createdAt })),
  })
  await db.serverCertificate.createMany({
    data: of(20, (n) => ({
      ...named('ASCA', n),
      certificateBody: '',
      privateKey: new Uint8Array(61),
      sealedBy: 'none',
      expiresAt: createdAt,
    })),
  })
  await db.groupMember.createMany({
    data: of(10, (n) => ({ accountId, groupId: `AGPAFULL${n}`, userId: plain.id, addedAt: createdAt })),
  })
  await db.policy.createMany({ data: policies })
  const attached = policies.map(({ id: policyId }) => ({ accountId, policyId, attachedAt: createdAt }))
  await db.userPolicyAttachment.createMany({ data: attached.map((row) => ({ ...row, userId: target.id })) })
  await db.rolePolicyAttachment.createMany({ data: attached.map((row) => ({ ...row, roleId: world.engine.id })) })
  await db.groupPolicyAttachment.createMany({ data: attached.map((row) => ({ ...row, groupId: world.crew.id })) })
  const versions: Prisma.PolicyVersionCreateManyInput[] = of(3, (n) => ({
    accountId,
    policyId: managed.id,
    number: n + 3,
    document: '{}',
    createdAt,
  }))
  await db.policyVersion.createMany({ data: versions })
  const secret = { secret: new Uint8Array(61), secretKeyId: 'none', createdAt }
  await db.accessKey.createMany({ data: of(2, (n) => ({ ...key, ...secret, id: `AKIAFULL${accountId}${n}` })) })
  const uploaded = (n: number) => ({ ...key, body: '', digest: String(n), uploadedAt: createdAt })
  await db.sshPublicKey.createMany({ data: of(5, (n) => ({ ...uploaded(n), id: `APKAFULL${n}` })) })
  await db.signingCertificate.createMany({ data: of(2, (n) => ({ ...uploaded(n), id: `FULL${n}` })) })
  await db.serviceSpecificCredential.createMany({
    data: of(2, (n) => ({
      ...key,
      id: `ACCAFULL${n}`,
      serviceName: 'git.example.com',
      publicName: `full-${n}`,
      apiKey: false,
      secretHash: '00'.repeat(32),
      createdAt,
    })),
  })
}
