import { marker } from './marker.ts'
import type { Value } from './parameters.ts'
import type { Elements, Tree } from './tree.ts'

/** What was asked, as far as answers depend on it. */
export interface Asked {
  readonly action: string
  /** Parameters by the names of AWS's model. */
  readonly given: Readonly<Record<string, Value>>
  /** For lists that the schema gives whole: how many, and the place behind which they begin. */
  readonly first: number
  readonly after: string | null
}

/** How a value of the schema's answer is written; undefined leaves the element out. */
export type Output = (value: unknown, asked: Asked) => Tree | undefined

export type Members = Readonly<Record<string, Output>>

/** Texts, numbers and booleans. */
export const plain: Output = (value) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined

/** Whole seconds. */
export const timestamp: Output = (value) =>
  typeof value === 'string' ? new Date(Math.floor(Date.parse(value) / 1000) * 1000) : undefined

/** A policy text percent-encoded by RFC 3986, which leaves fewer characters bare than encodeURIComponent. */
export const policyText: Output = (value) =>
  typeof value === 'string'
    ? encodeURIComponent(value).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    : undefined

/** Bytes travel in base64; of a text these are its UTF-8. */
export const blob: Output = (value) => (typeof value === 'string' ? Buffer.from(value).toString('base64') : undefined)

/** A value of an enumeration under AWS's name. */
export const named =
  (names: Readonly<Record<string, string>>): Output =>
  (value) =>
    typeof value === 'string' ? (names[value] ?? value) : undefined

/** What is found at a dotted path; left out when there is nothing. */
export const at =
  (path: string, as: Output = plain): Output =>
  (value, asked) => {
    const found = dig(value, path)
    return found === null || found === undefined ? undefined : as(found, asked)
  }

export const structure =
  (members: Members): Output =>
  (value, asked) =>
    elements(members, value, asked)

export const list =
  (item: Output = plain): Output =>
  (value, asked) => {
    const written = itemsOf(value).map((one) => item(one, asked))
    return { member: written.filter((node) => node !== undefined) }
  }

/** A map of these keys. */
export const entriesOf =
  (members: readonly (readonly [key: string, value: Output])[]): Output =>
  (value, asked) => ({ entry: members.map(([key, output]) => ({ key, value: output(value, asked) ?? '' })) })

/** A map, from a list whose items have their key at a path. */
export const map =
  (key: string, item: Output): Output =>
  (value, asked) => {
    const entries = itemsOf(value).map((one) => ({ key: scalarAt(one, key), value: item(one, asked) ?? '' }))
    return { entry: entries }
  }

/** A parameter of the request, for answers that repeat it: reading it again would take a permission of its own. */
export const given =
  (name: string, as: Output = plain): Output =>
  (_value, asked) => {
    const value = asked.given[name]
    return value === undefined || (Array.isArray(value) && value.length === 0) ? undefined : as(value, asked)
  }

interface Cut {
  readonly items: readonly unknown[]
  /** Place of the last item when more follow. */
  readonly next: string | null
}

type Cutter = (value: unknown, asked: Asked) => Cut

/** A list by pages, of which the schema gave one: a connection. */
export const page = (name: string, path: string, item?: Output): Members => listing(name, connectionAt(path), item)

/** Where an item stands in a list: no two stand at the same place. */
export type Place = (item: unknown, index: number) => string

/** In the order of the schema's answer, for answers that depend on nothing but what is asked. */
export const placeInOrder: Place = (_item, index) => String(index).padStart(9, '0')

/** By what is found at these paths, one after the other. */
export const placeBy =
  (...paths: readonly string[]): Place =>
  (item) =>
    paths.map((path) => scalarAt(item, path)).join(' ')

/** By names that are the same without regard to case. */
export const placeByName =
  (...paths: readonly string[]): Place =>
  (item, index) =>
    placeBy(...paths)(item, index).toLowerCase()

/** A list by pages, which the schema gives whole. */
export const wholeList = (name: string, path: string, place: Place, item?: Output): Members =>
  listing(name, wholeListAt(path, place), item)

/** A page of items of several kinds, each in a list of its own; `kindAt` is where an item says which it is. */
export function kindsOfPage(
  path: string,
  kindAt: string,
  lists: Readonly<Record<string, readonly [kind: string, item: Output]>>,
): Members {
  const cut = connectionAt(path)
  const members = Object.entries(lists).map(([name, [kind, item]]): [string, Output] => [
    name,
    (value, asked) => {
      const { items } = cut(value, asked)
      return list(item)(
        items.filter((one) => dig(one, kindAt) === kind),
        asked,
      )
    },
  ])
  return { ...Object.fromEntries(members), ...truncation(cut) }
}

function listing(name: string, cut: Cutter, item: Output = plain): Members {
  return { [name]: (value, asked) => list(item)(cut(value, asked).items, asked), ...truncation(cut) }
}

function truncation(cut: Cutter): Members {
  return {
    IsTruncated: (value, asked) => cut(value, asked).next !== null,
    Marker: (value, asked) => {
      const { next } = cut(value, asked)
      return next === null ? undefined : marker(asked.action, next)
    },
  }
}

const connectionAt =
  (path: string): Cutter =>
  (value) => {
    const connection = dig(value, path)
    const info = memberOf(connection, 'pageInfo')
    const end = memberOf(info, 'endCursor')
    return {
      items: itemsOf(memberOf(connection, 'edges')).map((edge) => memberOf(edge, 'node')),
      next: memberOf(info, 'hasNextPage') === true && typeof end === 'string' ? end : null,
    }
  }

/** By place, not by number, so that what comes or goes between two pages neither hides nor repeats anything. */
const wholeListAt =
  (path: string, place: Place): Cutter =>
  (value, asked) => {
    const placed = itemsOf(dig(value, path)).map((item, index) => ({ item, at: place(item, index) }))
    const sorted = placed.toSorted((a, b) => (a.at < b.at ? -1 : 1))
    const { after, first } = asked
    const left = after === null ? sorted : sorted.filter((one) => one.at > after)
    const items = left.slice(0, first)
    return { items: items.map(({ item }) => item), next: left.length > first ? (items.at(-1)?.at ?? null) : null }
  }

/** The elements of a structure, without those that are left out. */
export function elements(members: Members, value: unknown, asked: Asked): Elements {
  const written = Object.entries(members).map(([name, output]) => [name, output(value, asked)] as const)
  return Object.fromEntries(written.filter((entry): entry is readonly [string, Tree] => entry[1] !== undefined))
}

function dig(value: unknown, path: string): unknown {
  return path === '' ? value : path.split('.').reduce(memberOf, value)
}

function scalarAt(value: unknown, path: string): string {
  const found = dig(value, path)
  return typeof found === 'string' || typeof found === 'number' ? String(found) : ''
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
