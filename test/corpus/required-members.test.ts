import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { DOMParser } from '@xmldom/xmldom'
import { describe, expect, test } from 'vitest'
import { AWS_NAMES } from '../../src/access/aws-names.ts'

const require = createRequire(import.meta.url)
const RECORDINGS = path.join(import.meta.dirname, 'recordings/aws')
const SDKS = { iam: '@aws-sdk/client-iam', sts: '@aws-sdk/client-sts' } as const

interface Member {
  readonly required: boolean
  /** The structure that it is, or that its items are; another type otherwise. */
  readonly type: string
  readonly list: boolean
}

type Structures = ReadonlyMap<string, ReadonlyMap<string, Member>>

const typesOf = (name: string) => path.join(path.dirname(require.resolve(`${name}/package.json`)), 'dist-types')

/** The structures of AWS's model, from the types of the SDK: what may be left out has a question mark there. */
function structuresOf(name: string): Structures {
  const models = path.join(typesOf(name), 'models')
  const texts = readdirSync(models).map((file) => readFileSync(path.join(models, file), 'utf8'))
  const found = texts.flatMap((text) => [...text.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)])
  return new Map(
    found.map(([, structure = '', body = '']) => [
      structure,
      new Map(
        [...body.matchAll(/^ {4}(\w+)(\??): (\w+)(\[\])?/gm)].map(([, member = '', mark, type = '', list]) => [
          member,
          { required: mark === '', type, list: list !== undefined },
        ]),
      ),
    ]),
  )
}

const MODELS = { iam: structuresOf(SDKS.iam), sts: structuresOf(SDKS.sts) }

/** What an operation answers with; null when it has no result. */
function resultOf(service: 'iam' | 'sts', action: string): string | null {
  const text = readFileSync(path.join(typesOf(SDKS[service]), `commands/${action}Command.d.ts`), 'utf8')
  return /CommandOutput extends (?!__MetadataBearer)(\w+)/.exec(text)?.[1] ?? null
}

/** The answers of the recordings that carry an operation out. */
const ANSWERS = readdirSync(RECORDINGS).flatMap((file) =>
  readFileSync(path.join(RECORDINGS, file), 'utf8')
    .split(/^## \d+\. /m)
    .flatMap((section) => {
      const [, body = ''] = /\n200\n(?:[\w-]+: .*\n)*(".+"|<[\s\S]+>)/.exec(section) ?? []
      // A text of several lines is recorded as it would be in JSON, with names in the place of parts of it.
      const xml = body.startsWith('"') ? body.slice(1, -1).replaceAll('\\n', '\n').replaceAll('\\', '') : body
      const [, action = ''] = /^<(\w+)Response /.exec(xml) ?? []
      return action === '' ? [] : [{ file, action, xml }]
    }),
)

const children = (element: Element): Element[] =>
  Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1)

/** Places of required members that an element lacks. */
function lackingIn(structures: Structures, type: string, element: Element, place: string): string[] {
  const members = structures.get(type) ?? new Map<string, Member>()
  const present = new Map(children(element).map((child) => [child.localName, child]))
  return [...members].flatMap(([name, member]) => {
    const child = present.get(name)
    if (child === undefined) return member.required ? [`${place}.${name}`] : []
    const items = member.list ? children(child) : [child]
    return items.flatMap((one) => lackingIn(structures, member.type, one, `${place}.${name}`))
  })
}

describe('over the AWS door', () => {
  test('every operation that is offered is in a recording that carries it out', () => {
    const offered = AWS_NAMES.filter(({ notOffered }) => notOffered === null).map(({ name }) => name)
    const carriedOut = new Set(ANSWERS.map(({ action }) => action))
    expect(offered.length).toBeGreaterThan(160)
    expect(offered.filter((name) => !carriedOut.has(name))).toEqual([])
  })

  test('an answer has the members that AWS’s model requires', () => {
    const lacking = ANSWERS.flatMap(({ file, action, xml }) => {
      const service = AWS_NAMES.find(({ name, notOffered }) => name === action && notOffered === null)?.service
      const type = service === undefined ? null : resultOf(service, action)
      if (service === undefined || type === null) return []
      const { documentElement } = new DOMParser().parseFromString(xml, 'text/xml')
      const result = children(documentElement).find(({ localName }) => localName === `${action}Result`)
      if (result === undefined) return [`${file}: ${action} has no result`]
      return lackingIn(MODELS[service], type, result, action).map((place) => `${file}: ${place}`)
    })
    // The root user has no name, as at AWS.
    expect([...new Set(lacking)]).toEqual([
      'access-keys.txt: CreateAccessKey.AccessKey.UserName',
      'signing-certificates.txt: UploadSigningCertificate.Certificate.UserName',
      'signing-certificates.txt: ListSigningCertificates.Certificates.UserName',
      'users.txt: GetUser.User.UserName',
    ])
  })
})
