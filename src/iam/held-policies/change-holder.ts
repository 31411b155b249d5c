import type { Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import type { Holder, HolderRow } from './holders.ts'

interface Texts {
  readonly policyArn?: string
  readonly policyName?: string
  readonly policyDocument?: string
  readonly permissionsBoundary?: string
}

/** Checks the parameters of an operation on a holder, and does it in a `change` that records them. */
export async function changeHolder<Row extends HolderRow, T>(
  call: Call,
  { named, find, checkModifiable }: Pick<Holder<string, Row, unknown>, 'named' | 'find' | 'checkModifiable'>,
  name: string,
  texts: Texts,
  work: (tx: Tx, holder: Row) => Promise<T>,
): Promise<T> {
  const asked = { ...named(name), ...texts }
  checkConstraints(asked)
  return await change(call, asked, async (tx) => {
    const holder = await find(tx, call.principal.accountId, name)
    checkModifiable?.(holder)
    return await work(tx, holder)
  })
}
