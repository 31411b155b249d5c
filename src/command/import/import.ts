import { managedPolicyArn } from '../../authn/arn.ts'
import type { Services } from '../../iam/call.ts'
import { joinGateways } from '../../store/gateways.ts'
import { RefusedError, type Surroundings, UsageError } from '../command.ts'
import { memberOf, onDatabase, openKeys } from '../on-database.ts'
import { servicesOfCommand } from '../root-call.ts'
import { carryOut } from './carry-out.ts'
import { planImport } from './plan.ts'
import { presentDetails } from './present-details.ts'
import { printable } from './printable.ts'
import { readDetails } from './read-details.ts'
import type { Plan } from './steps.ts'

interface Wanted {
  readonly account: string
  readonly apply: boolean
}

/**
 * Makes an account hold what a file of authorization details says, through the operations of IAM as root carries them out. Without
 * `apply` it only says what it would do. Nothing is deleted. Exit code 1 when a step was refused.
 */
export async function importDetails({ account, apply }: Wanted, around: Surroundings, file: string): Promise<number> {
  if (!/^\d{12}$/.test(account)) throw new UsageError(`--account ${account} is not 12 digits`)
  const { source, ...wanted } = readDetails(file, account)
  return await onDatabase(around, async (database, config) => {
    const { db } = database
    if ((await db.account.count({ where: { id: account } })) === 0)
      throw new RefusedError(`There is no account ${account}: latchkey create-account makes one.`)
    const read = { db, principal: { accountId: account } }
    const plan = planImport(account, wanted, await presentDetails(read), await namesHere(db, account))
    if (source !== null && source !== account)
      around.out.write(`Account ${source} of the file is ${account} here, in ARNs of IAM and where it stands alone.\n`)
    report(plan, around)
    if (!apply) {
      if (plan.steps.length > 0) around.out.write('Nothing was changed: --apply makes the changes.\n')
      return 0
    }
    const ring = await openKeys(database, config)
    const member = await joinGateways({ ...memberOf(database, ring), kind: 'import' })
    try {
      const { made, refused, left } = await carryOut(plan.steps, servicesOfCommand(database, ring), account)
      for (const line of refused) around.err.write(`! ${printable(line)}\n`)
      around.out.write(`${counted(made, 'change')} made, ${refused.length} refused, ${left} not tried.\n`)
      return refused.length > 0 ? 1 : 0
    } finally {
      await member.leave()
    }
  })
}

/** What the account has besides, that a plan must know. */
export async function namesHere(db: Services['db'], accountId: string) {
  const select = { accountId: true, name: true, path: true, builtIn: true } as const
  const policies = await db.policy.findMany({ where: { accountId, builtIn: true }, select })
  const profiles = await db.instanceProfile.findMany({ where: { accountId }, select: { nameKey: true } })
  return {
    builtIn: new Set(policies.map(managedPolicyArn)),
    profiles: new Set(profiles.map(({ nameKey }) => nameKey)),
  }
}

function report({ steps, differences }: Plan, { out }: Surroundings): void {
  for (const { subject, change, makes } of steps)
    out.write(`${makes ? '+' : '~'} ${printable(`${subject} ${change}`)}\n`)
  for (const { subject, what } of differences) out.write(`  ${printable(`${subject} ${what}`)}\n`)
  out.write(`${counted(steps.length, 'change')}, ${counted(differences.length, 'difference')} that stay.\n`)
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
