import type { AccessKeysQuery } from './documents.generated.ts'

/** A key as the section shows it; `lastUsed` is left out where the caller may not know it. */
export type AccessKey = NonNullable<NonNullable<AccessKeysQuery['user']>['accessKeys']>[number]
