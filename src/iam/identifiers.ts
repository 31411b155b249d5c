/** Gives that many unpredictable bytes. */
export type RandomSource = (bytes: number) => Uint8Array

/** What a unique id's first four letters say (AWS IAM user guide, "Unique ID prefixes"). */
export type UniqueIdPrefix = 'ACCA' | 'AIDA' | 'ANPA' | 'AGPA' | 'AIPA' | 'AROA' | 'ASCA'

/** `AKIA` is a long-term key, `ASIA` belongs to temporary credentials, `APKA` is a public key. */
export type AccessKeyPrefix = 'AKIA' | 'APKA' | 'ASIA'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const ACCESS_KEY_ID = /^A[KS]IA([Q-Z2-7][A-Z2-7]{7})([A-Z2-7])[A-Z2-7]{7}$/
const TOP_BIT = 1n << 39n
const TAIL_END = 1n << 74n
const TAIL_LOW = (1n << 62n) - 1n
const LARGEST_ACCOUNT = 999_999_999_999n

/** The random bits of the last UUID, and its millisecond. */
let last = { milliseconds: -1, tail: 0n }

/**
 * UUID version 7 (RFC 9562 §5.7) in lower case: 48 bits of milliseconds, then 74 random bits. Ids rise with time, and those of one
 * process within a millisecond in the order in which they were asked for (§6.2, method 2: the random bits grow).
 */
export function uuidv7(at: Date, random: RandomSource): string {
  const milliseconds = at.getTime()
  const next = milliseconds === last.milliseconds ? last.tail + 1n + numberOf(random(4)) : TAIL_END
  const tail = next < TAIL_END ? next : randomTail(random)
  last = { milliseconds, tail }
  const uuid = (BigInt(milliseconds) << 80n) | (7n << 76n) | ((tail >> 62n) << 64n) | (2n << 62n) | (tail & TAIL_LOW)
  return hyphened(uuid.toString(16).padStart(32, '0'))
}

/** The smallest id that `uuidv7` can give at a moment: ids from there on are of that moment or later. */
export function firstUuidOf(at: Date): string {
  const milliseconds = Math.min(Math.max(at.getTime(), 0), 2 ** 48 - 1)
  return hyphened(`${milliseconds.toString(16).padStart(12, '0')}70008000000000000000`)
}

/** The moment that a UUID of version 7 was made at. */
export function timeOfUuid(uuid: string): Date {
  return new Date(Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16))
}

function hyphened(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** 12 bits for the field `rand_a` and 62 for `rand_b`. */
function randomTail(random: RandomSource): bigint {
  const noise = numberOf(random(10))
  return (((noise >> 64n) & 0xfffn) << 62n) | (noise & TAIL_LOW)
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

/** A unique id of 21 characters, e.g. `AIDA` and 17 of base32 (85 random bits). Never given twice. */
export function uniqueId(prefix: UniqueIdPrefix, random: RandomSource): string {
  return prefix + randomBase32(17, random)
}

/**
 * An access key id of 20 characters that tells its account, as the ids of AWS do: after the prefix comes a set bit and the
 * account's number in 40 bits; 39 bits remain random.
 */
export function newAccessKeyId(prefix: AccessKeyPrefix, accountId: string, random: RandomSource): string {
  const account = BigInt(accountId)
  const number = TOP_BIT + account / 2n
  let head = ''
  for (let shift = 35n; shift >= 0n; shift -= 5n) head += BASE32[Number((number >> shift) & 31n)]
  // The account's last bit is the first bit of the ninth character; its other four are random.
  const ninth = BASE32[(account % 2n === 1n ? 16 : 0) + (random(1)[0]! & 15)]
  return prefix + head + ninth + randomBase32(7, random)
}

/** The id of an identity provider of SAML: `SAMLSP` and 16 of base32 (80 random bits). */
export function newSamlProviderId(random: RandomSource): string {
  return `SAMLSP${randomBase32(16, random)}`
}

/** The id of a signing certificate: 32 characters of base32 without a prefix (160 random bits). */
export function newCertificateId(random: RandomSource): string {
  return randomBase32(32, random)
}

/** The account that is written in an access key id; null for anything else, also for the undecodable ids of before 2019. */
export function accountOfAccessKeyId(accessKeyId: string): string | null {
  const match = ACCESS_KEY_ID.exec(accessKeyId)
  if (match === null) return null
  let number = 0n
  for (const character of match[1]!) number = (number << 5n) | BigInt(BASE32.indexOf(character))
  const account = (number - TOP_BIT) * 2n + (BASE32.indexOf(match[2]!) >= 16 ? 1n : 0n)
  return account > LARGEST_ACCOUNT ? null : account.toString().padStart(12, '0')
}

/** A secret access key: 30 random bytes in base64, which is 40 characters and never padded. */
export function newSecretAccessKey(random: RandomSource): string {
  return Buffer.from(random(30)).toString('base64')
}

/** 256 is a multiple of 32, so the low five bits of a byte are evenly spread. */
function randomBase32(length: number, random: RandomSource): string {
  return Array.from(random(length), (byte) => BASE32[byte & 31]).join('')
}
