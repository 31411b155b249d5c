import type { Role } from '../generated/prisma/client.ts'
import { renderTrustPolicies } from '../iam/roles/trust-policy.ts'
import type { GraphQLContext } from './context.ts'

type TrustingRole = Pick<Role, 'accountId' | 'trustPolicy'>

interface Batch {
  readonly roles: TrustingRole[]
  readonly texts: Promise<string[]>
}

/** By the client that all contexts of the process share: roles that are asked about at once are rendered together. */
const open = new WeakMap<GraphQLContext['db'], Batch>()

/** A role's trust policy as it is shown, with the ARNs that its principals have now; one look-up for all roles of a list. */
export async function shownTrustPolicy({ db }: GraphQLContext, role: TrustingRole): Promise<string> {
  const batch = open.get(db) ?? openBatch(db)
  const place = batch.roles.push(role) - 1
  return (await batch.texts)[place]!
}

function openBatch(db: GraphQLContext['db']): Batch {
  const roles: TrustingRole[] = []
  const ready = new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
  const texts = ready.then(() => {
    open.delete(db)
    return renderTrustPolicies(db, roles)
  })
  const batch = { roles, texts }
  open.set(db, batch)
  return batch
}
