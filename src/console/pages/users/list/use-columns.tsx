import type { TableProps } from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'
import { useMessages } from '../../../language/language.ts'
import { useFormat } from '../../../language/use-format.ts'
import { AppLink } from '../../../links/app-link.tsx'
import { userHref } from '../../../links/addresses.ts'
import { Copyable } from '../../../texts/copyable.tsx'
import { LongText } from '../../../texts/long-text.tsx'
import type { UsersPageQuery } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { COLUMNS, type Column } from './preferences.ts'

export type UserRow = NonNullable<UsersPageQuery['users']>['edges'][number]['node']

/** What can be sorted by in the database; the id is that of the column. */
export const SORTABLE = { name: 'NAME', created: 'CREATED_AT' } as const

/** Pixels. Below them the table is scrolled instead of squeezed. */
const MIN_WIDTHS: Readonly<Record<Column, number>> = {
  path: 130,
  groups: 145,
  lastActivity: 125,
  lastSignIn: 130,
  mfa: 105,
  passwordAge: 110,
  accessKeyId: 290,
  accessKeyAge: 110,
  created: 120,
  userId: 240,
  arn: 260,
}

/** The columns of the table. What somebody may not know says so. */
export function useColumns(): readonly TableProps.ColumnDefinition<UserRow>[] {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  /** Fields that were not asked for are undefined, those that were refused are null. */
  const known = <Value,>(value: Value | null | undefined, show: (value: Value) => ReactNode) =>
    value === null || value === undefined ? messages.notAllowed : show(value)

  const cells: Readonly<Record<Column, (user: UserRow) => ReactNode>> = {
    path: ({ path }) => <LongText text={path} />,
    groups: ({ groups }) =>
      known(groups, ({ edges }) => <LongText text={edges.map(({ node }) => node.name).join(', ') || messages.none} />),
    lastActivity: (user) =>
      known(usesOf(user), (uses) => {
        const last = uses.toSorted().at(-1)
        if (last !== undefined) return <Ago time={last} />
        return user.loginProfile === null && user.accessKeys?.length === 0 ? messages.none : messages.never
      }),
    lastSignIn: ({ passwordLastUsedAt, loginProfile }) => {
      if (passwordLastUsedAt !== null) return format.dateTime(passwordLastUsedAt)
      return loginProfile === null ? messages.none : messages.never
    },
    mfa: ({ mfaDevices }) =>
      known(mfaDevices, ({ length }) => (length === 0 ? messages.none : messages.mfaDevices(String(length)))),
    passwordAge: ({ loginProfile }) => {
      if (loginProfile === undefined) return messages.notAllowed
      return loginProfile === null ? messages.none : format.age(loginProfile.passwordChangedAt)
    },
    accessKeyId: ({ accessKeys }) =>
      known(accessKeys, (keys) =>
        keys.length === 0
          ? messages.none
          : keys.map(({ accessKeyId, status }) => (
              <div key={accessKeyId} className="nowrap">
                <Copyable text={accessKeyId} /> ({status === 'ACTIVE' ? messages.active : messages.inactive})
              </div>
            )),
      ),
    accessKeyAge: ({ accessKeys }) =>
      known(accessKeys, (keys) => {
        // The API gives the oldest first.
        const oldest = keys.find(({ status }) => status === 'ACTIVE')
        return oldest ? format.age(oldest.createdAt) : messages.none
      }),
    created: ({ createdAt }) => format.dateTime(createdAt),
    userId: ({ userId }) => <Copyable text={userId} />,
    arn: ({ arn }) => <Copyable text={arn} />,
  }
  return [
    {
      id: 'name',
      header: messages.name,
      minWidth: 140,
      cell: ({ name }) => (
        <span className="breaking-text">
          <AppLink href={userHref(name)}>{name}</AppLink>
        </span>
      ),
      isRowHeader: true,
      sortingField: SORTABLE.name,
    },
    ...COLUMNS.map((id) => ({
      id,
      header: messages[id],
      minWidth: MIN_WIDTHS[id],
      cell: cells[id],
      ...(id === 'created' && { sortingField: SORTABLE.created }),
    })),
  ]
}

/** When the password and each access key were last used, in any order; undefined and null as the fields they come from. */
function usesOf({ passwordLastUsedAt, accessKeys }: UserRow): readonly string[] | null | undefined {
  if (!accessKeys) return accessKeys
  const uses = [passwordLastUsedAt]
  for (const { lastUsed } of accessKeys) {
    if (!lastUsed) return lastUsed
    uses.push(lastUsed.at)
  }
  return uses.filter((at) => at !== null)
}

function Ago({ time }: { readonly time: string }) {
  const format = useFormat()
  return (
    <time dateTime={time} title={format.dateTime(time)}>
      {format.ago(time)}
    </time>
  )
}
