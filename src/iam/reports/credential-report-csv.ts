import { userArn } from '../../authn/arn.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { Services } from '../call.ts'

const HEADER =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,' +
  'cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated'

const USERS_PER_STATEMENT = 1_000
const DAY = 24 * 60 * 60 * 1000
const NOTHING = 'N/A'

interface ReportedUser {
  accountId: string
  name: string
  nameKey: string
  path: string
  root: boolean
  createdAt: Date
  passwordLastUsedAt: Date | null
  loginProfile: { passwordChangedAt: Date } | null
  mfaDevices: object[]
  accessKeys: ReportedKey[]
  signingCertificates: ReportedCertificate[]
}

interface ReportedKey {
  status: string
  createdAt: Date
  lastUsedAt: Date | null
  lastUsedRegion: string | null
  lastUsedService: string | null
}

interface ReportedCertificate {
  status: string
  uploadedAt: Date
}

/**
 * The credential report of an account (AWS IAM user guide, "Generate credential reports"): a header and a row for the root
 * user and each user by name, without regard to case; line feeds between lines and none at the end. Values are not quoted,
 * but for names with a comma, which IAM allows and RFC 4180 quotes.
 *
 * A thousand users a statement: what is in memory besides the text does not grow with the account.
 */
export async function credentialReportCsv(db: Services['db'], accountId: string): Promise<string> {
  const policy = await db.passwordPolicy.findUnique({ where: { accountId }, select: { maxPasswordAge: true } })
  const rows = [HEADER]
  for await (const users of pagesOfUsers(db, accountId)) {
    for (const user of users) rows.push(rowOf(user, policy?.maxPasswordAge ?? null))
  }
  return rows.join('\n')
}

/** The root user by itself, since some names sort before its own; then all others. */
async function* pagesOfUsers(db: Services['db'], accountId: string): AsyncGenerator<ReportedUser[]> {
  yield await readUsers(db, { accountId, root: true })
  let after = ''
  for (;;) {
    const users = await readUsers(db, { accountId, root: false, nameKey: { gt: after } })
    yield users
    const last = users.at(-1)
    if (last === undefined || users.length < USERS_PER_STATEMENT) return
    after = last.nameKey
  }
}

function readUsers(db: Services['db'], where: Prisma.UserWhereInput): Promise<ReportedUser[]> {
  return db.user.findMany({
    relationLoadStrategy: 'join',
    where,
    orderBy: { nameKey: 'asc' },
    take: USERS_PER_STATEMENT,
    select: {
      accountId: true,
      name: true,
      nameKey: true,
      path: true,
      root: true,
      createdAt: true,
      passwordLastUsedAt: true,
      loginProfile: { select: { passwordChangedAt: true } },
      mfaDevices: { select: { id: true }, take: 1 },
      accessKeys: {
        orderBy: { id: 'asc' },
        select: {
          status: true,
          createdAt: true,
          lastUsedAt: true,
          lastUsedRegion: true,
          lastUsedService: true,
        },
      },
      signingCertificates: {
        orderBy: [{ uploadedAt: 'asc' }, { id: 'asc' }],
        select: { status: true, uploadedAt: true },
      },
    },
  })
}

function rowOf(user: ReportedUser, maxPasswordAge: number | null): string {
  const { name, createdAt, mfaDevices, accessKeys, signingCertificates } = user
  return [
    name,
    userArn(user),
    time(createdAt),
    ...passwordColumns(user, maxPasswordAge),
    String(mfaDevices.length > 0),
    ...keyColumns(accessKeys[0]),
    ...keyColumns(accessKeys[1]),
    ...certificateColumns(signingCertificates[0]),
    ...certificateColumns(signingCertificates[1]),
  ]
    .map(quoted)
    .join(',')
}

function passwordColumns(
  { root, passwordLastUsedAt, loginProfile }: ReportedUser,
  maxPasswordAge: number | null,
): string[] {
  const lastUsed = passwordLastUsedAt === null ? 'no_information' : time(passwordLastUsedAt)
  // IAM does not tell about root's password.
  if (root) return ['not_supported', lastUsed, 'not_supported', 'not_supported']
  if (loginProfile === null) return ['false', NOTHING, NOTHING, NOTHING]
  const { passwordChangedAt } = loginProfile
  const rotation =
    maxPasswordAge === null ? NOTHING : time(new Date(passwordChangedAt.getTime() + maxPasswordAge * DAY))
  return ['true', lastUsed, time(passwordChangedAt), rotation]
}

function keyColumns(key: ReportedKey | undefined): string[] {
  if (key === undefined) return ['false', NOTHING, NOTHING, NOTHING, NOTHING]
  const { status, createdAt, lastUsedAt, lastUsedRegion, lastUsedService } = key
  return [
    String(status === 'ACTIVE'),
    time(createdAt),
    lastUsedAt === null ? NOTHING : time(lastUsedAt),
    lastUsedRegion ?? NOTHING,
    lastUsedService ?? NOTHING,
  ]
}

function certificateColumns(certificate: ReportedCertificate | undefined): string[] {
  if (certificate === undefined) return ['false', NOTHING]
  return [String(certificate.status === 'ACTIVE'), time(certificate.uploadedAt)]
}

/** ISO 8601 to the second, as IAM writes it. */
function time(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}+00:00`
}

function quoted(value: string): string {
  return value.includes(',') ? `"${value}"` : value
}
