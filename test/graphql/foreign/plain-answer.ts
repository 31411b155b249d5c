import type { Answer } from '../../support/installation.ts'
import type { Names } from './names.ts'

/** Fields whose values are new each time. */
const NEW_EACH_TIME = new Set([
  'accessToken',
  'base32StringSeed',
  'csv',
  'issuerIdentifier',
  'otpauthUri',
  'qrCodePng',
  'secretAccessKey',
  'servicePassword',
  'sessionToken',
  'webIdentityToken',
])
const UNIQUE_ID =
  /\b(?:A(?:CCA|IDA|GPA|IPA|ROA|NPA|SCA|KIA|PKA|SIA)[A-Z2-7]{16,17}|SAMLSP[A-Z2-7]{16}|[A-Z2-7]{32})\b/gi
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g
const MOMENT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g

/** An answer as text, with global ids and cursors as what they stand for. */
export function readable({ status, data, errors }: Pick<Answer, 'status' | 'data' | 'errors'>): string {
  return JSON.stringify({ status, data, errors }, (key, value: unknown) => {
    if (NEW_EACH_TIME.has(key)) return value === null ? null : '<new each time>'
    if (typeof value !== 'string' || !/^[\w+/=-]{8,}$/.test(value)) return value
    const decoded = Buffer.from(value, 'base64').toString()
    return /^(?:\w+:|\[)[ -~]+$/.test(decoded) ? decoded : value
  })
}

/** When something was last used is written some time after it was. */
const LAST_USED = /"lastUsed":\{[^}]*\}|"lastUsedAt":(?:null|"<moment>")/g

/** The same without what the question named, so that answers to questions of one shape can be compared. */
export function withoutNames(text: string, asked: Names, own: Names): string {
  const places = [
    ...Object.entries(asked),
    ...Object.entries(own).map(([kind, name]) => [`own ${kind}`, name] as const),
  ]
  return places
    .flatMap(([kind, name]) => [
      [kind, name],
      [kind, name.toLowerCase()],
    ])
    .toSorted(([, a = ''], [, b = '']) => b.length - a.length)
    .reduce((rest, [kind, name = '']) => rest.replaceAll(name, `<${kind}>`), text)
    .replaceAll(UNIQUE_ID, '<unique id>')
    .replaceAll(UUID, '<uuid>')
    .replaceAll(MOMENT, '<moment>')
    .replaceAll(LAST_USED, '<last used>')
}

/** As it is searched: without regard to case, and to how a text was quoted in another. */
export function searchable(text: string): string {
  return text.toLowerCase().replaceAll('\\', '')
}
