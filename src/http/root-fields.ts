import { type DocumentNode, getOperationAST } from 'graphql'
import { rootFields } from './document-cost.ts'

export interface RootFields {
  readonly type: string
  readonly names: readonly string[]
}

/** What an operation of a valid document asks for; null when it names none. These are names of the schema. */
export function rootFieldsOf(document: DocumentNode, name: string | null | undefined): RootFields | null {
  const operation = getOperationAST(document, name)
  if (!operation) return null
  return { type: operation.operation, names: [...rootFields(operation.selectionSet, document)] }
}

/** `query viewer`, `mutation createUser,tagUser`. */
export function describeOperation({ type, names }: RootFields): string {
  return `${type} ${names.slice(0, 5).join(',')}`
}
