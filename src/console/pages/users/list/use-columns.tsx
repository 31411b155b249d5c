import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import type { TableProps } from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'
import { useMessages } from '../../../language/language.ts'
import { useFormat } from '../../../language/use-format.ts'
import { AppLink } from '../../../links/app-link.tsx'
import { userHref } from '../../../links/addresses.ts'
import type { UsersPageQuery } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { COLUMNS, type Column } from './preferences.ts'

export type UserRow = NonNullable<UsersPageQuery['users']>['edges'][number]['node']

/** What can be sorted by in the database; the id is that of the column. */
export const SORTABLE = { name: 'NAME', created: 'CREATED_AT' } as const

/** The columns of the table. What somebody may not know says so. */
export function useColumns(): readonly TableProps.ColumnDefinition<UserRow>[] {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const copyable = (text: string) => (
    <CopyToClipboard
      key={text}
      variant="inline"
      textToCopy={text}
      copyButtonAriaLabel={messages.copy(text)}
      copySuccessText={messages.copied}
      copyErrorText={messages.notCopied}
    />
  )
  /** Fields that were not asked for are undefined, those that were refused are null. */
  const known = <Value,>(value: Value | null | undefined, show: (value: Value) => ReactNode) =>
    value === null || value === undefined ? messages.notAllowed : show(value)

  const cells: Readonly<Record<Column, (user: UserRow) => ReactNode>> = {
    path: ({ path }) => path,
    groups: ({ groups }) =>
      known(groups, ({ edges }) => edges.map(({ node }) => node.name).join(', ') || messages.none),
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
                {copyable(accessKeyId)} ({status === 'ACTIVE' ? messages.active : messages.inactive})
              </div>
            )),
      ),
    accessKeyAge: ({ accessKeys, accessKeyAgeInDays }) =>
      known(accessKeys, () =>
        accessKeyAgeInDays === null || accessKeyAgeInDays === undefined
          ? messages.none
          : messages.days(String(accessKeyAgeInDays)),
      ),
    created: ({ createdAt }) => format.dateTime(createdAt),
    userId: ({ userId }) => copyable(userId),
    arn: ({ arn }) => copyable(arn),
  }
  return [
    {
      id: 'name',
      header: messages.name,
      cell: ({ name }) => <AppLink href={userHref(name)}>{name}</AppLink>,
      isRowHeader: true,
      sortingField: SORTABLE.name,
    },
    ...COLUMNS.map((id) => ({
      id,
      header: messages[id],
      cell: cells[id],
      ...(id === 'created' && { sortingField: SORTABLE.created }),
    })),
  ]
}
