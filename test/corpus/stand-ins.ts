/** What is random in an answer: where it stands, what it looks like there, and what it is called in a recording. */
interface Kind {
  readonly kind: string
  /** Names of JSON members, XML elements and headers whose whole value it is; any when absent, where the shape says enough. */
  readonly names?: readonly string[]
  /** What does not look like this is no stand-in's: it stays in the recording, and shows there. */
  readonly shape: RegExp
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[47][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/
const UUID_OF_TIME = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

const unique = (prefix: string, length = 17): Kind => ({
  kind: prefix,
  shape: new RegExp(`^${prefix}[A-Z2-7]{${length}}$`),
})

const KINDS: readonly Kind[] = [
  unique('ACCA'),
  unique('AIDA'),
  unique('AGPA'),
  unique('AROA'),
  unique('ANPA'),
  unique('ASCA'),
  unique('SAMLSP', 16),
  unique('AKIA', 16),
  unique('APKA', 16),
  unique('ASIA', 16),
  { kind: 'certificate', names: ['certificateId', 'CertificateId'], shape: /^[A-Z2-7]{32}$/ },
  { kind: 'request', names: ['requestId', 'RequestId', 'x-request-id', 'x-amzn-requestid'], shape: UUID },
  { kind: 'decision', names: ['decisionId', 'decision', 'id'], shape: UUID },
  { kind: 'event', names: ['eventId', 'event'], shape: UUID_OF_TIME },
  { kind: 'job', names: ['jobId', 'JobId'], shape: UUID_OF_TIME },
  { kind: 'device', names: ['device'], shape: UUID_OF_TIME },
  { kind: 'secret', names: ['secretAccessKey', 'SecretAccessKey'], shape: /^[\w+/]{40}$/ },
  { kind: 'secret', names: ['servicePassword', 'ServicePassword'], shape: /^[\w+/]{44}$/ },
  {
    kind: 'secret',
    names: ['serviceCredentialSecret', 'ServiceCredentialSecret'],
    shape: /^ABSK[\w+/=]{60,}$/,
  },
  { kind: 'session token', names: ['sessionToken', 'SessionToken'], shape: /^[\w+/=-]{100,}$/ },
  { kind: 'access token', names: ['accessToken'], shape: /^[\w-]+(?:\.[\w-]*){2,4}$/ },
  {
    kind: 'issuer',
    names: ['issuerIdentifier', 'IssuerIdentifier'],
    shape: /^http:\/\/127\.0\.0\.1:4000\/issuers\/[\da-f]{32}$/,
  },
  { kind: 'key', names: ['keyIds'], shape: /^[\w-]{43}$/ },
  { kind: 'identity token', names: ['webIdentityToken', 'WebIdentityToken'], shape: /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/ },
  { kind: 'session', names: ['sessionId'], shape: /^[\w-]{16,64}$/ },
  { kind: 'seed', names: ['base32StringSeed', 'Base32StringSeed'], shape: /^[A-Za-z\d=]{32,100}$/ },
  { kind: 'QR code', names: ['qrCodePng', 'QRCodePNG'], shape: /^iVBORw0KGgo[\w+/=]+$/ },
  { kind: 'recovery code', names: ['recoveryCodes'], shape: /^[\w-]{10,40}$/ },
  { kind: 'cookie', names: ['set-cookie'], shape: /^[\w.%-]{40,}$/ },
]

/** Types whose global ids are made of an id that no kind above knows by its shape. */
const IDS_OF_TYPES: Readonly<Record<string, string>> = { MfaDevice: 'device', AuditEvent: 'event' }

/**
 * What a recording has in the place of values that are new in each run. One value has one name, wherever it stands: whole, in an ARN,
 * in a message. Only values that were met in a place where such values stand are replaced.
 */
export interface StandIns {
  /** Takes note of a value that stands under this name. */
  meet(name: string, value: string): void
  /** Takes note of a value that a scenario made itself. */
  call(kind: string, value: string): void
  /** The text with the names of all values that were met so far. */
  replaceIn(text: string): string
}

export function createStandIns(): StandIns {
  const known = new Map<string, string>()
  const counts = new Map<string, number>()
  let anywhere: RegExp | undefined

  function note(value: string, stand: string): void {
    known.set(value, stand)
    anywhere = undefined
  }

  function call(kind: string, value: string): void {
    if (known.has(value)) return
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    note(value, `«${kind} ${count}»`)
  }

  function meet(name: string, value: string): void {
    if (known.has(value)) return
    const found = KINDS.find(({ names, shape }) => (names?.includes(name) ?? true) && shape.test(value))
    if (found !== undefined) return call(found.kind, value)
    const plain = plainText(value)
    if (plain === null) return
    const inside = partsOf(plain).filter(([part, text]) => {
      meet(part, text)
      return known.has(text)
    })
    // One that holds nothing random is the same each time.
    if (inside.length > 0) note(value, `«${plain}»`)
  }

  function replaceIn(text: string): string {
    if (known.size === 0) return text
    const values = (anywhere ??= oneOf([...known.keys()]))
    return text.replaceAll(values, (value) => {
      const stand = known.get(value) ?? value
      // What a cursor says may hold other values that have a name.
      return /^«[^»]* \d+»$/.test(stand) ? stand : replaceIn(stand)
    })
  }

  return { meet, call, replaceIn }
}

/** The longest first: one may be a part of another. A one-time code could be a part of any longer number. */
function oneOf(values: readonly string[]): RegExp {
  const patterns = values
    .toSorted((a, b) => b.length - a.length)
    .map((value) => {
      const pattern = value.replaceAll(/[+.?/=\\]/g, String.raw`\$&`)
      return /^\d+$/.test(value) ? String.raw`(?<!\d)${pattern}(?!\d)` : pattern
    })
  return new RegExp(patterns.join('|'), 'g')
}

/** What a global id, cursor or marker says: `User:AIDA…`, or JSON of a place in a list. */
function plainText(value: string): string | null {
  if (!/^[\w+/=-]{12,}$/.test(value)) return null
  const text = Buffer.from(value, 'base64').toString()
  if (/^[A-Z]\w+:[ -~]+$/.test(text)) return text
  if (!/^\[[ -~]+\]$/.test(text)) return null
  return JSON.stringify(JSON.parse(text).map((part: unknown) => (typeof part === 'string' && plainText(part)) || part))
}

function partsOf(plain: string): readonly (readonly [name: string, text: string])[] {
  const type = /^(\w+):/.exec(plain)?.[1]
  if (type !== undefined) return [[IDS_OF_TYPES[type] ?? type, plain.slice(type.length + 1)]]
  return plain.split(/[^\w-]+/).map((text) => ['event', text] as const)
}
