import { Prisma } from '../generated/prisma/client.ts'
import type { Tx } from './call.ts'

const WITH_NEXT = '/* with the next'
const ANSWER_OF = '/* answer of'
/** How a statement begins that the store holds back, and sends with the next one of its transaction. */
export type WithNext = typeof WITH_NEXT
/** How a statement begins that asks for the answer of one that was held back under a name. */
export type AnswerOf = typeof ANSWER_OF

/** A statement that was held back, whose answer is asked for later. */
export interface Held<Row> {
  /** Its answer: without a round trip when it was sent already, and else with it. */
  readonly answer: () => Promise<Row[]>
}

/**
 * Has a statement of a transaction sent with the one after it, in one round trip; with COMMIT when it is the last. The statement may
 * fail then only, and takes the one after it with it.
 */
export async function holdBack(tx: Tx, statement: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`${Prisma.raw(`${WITH_NEXT} */`)} ${statement}`
}

/**
 * The same for a statement that answers something.
 *
 * @param name letters; nothing else of the transaction is held back under it
 * @param again asks for the same once more, for a client that holds nothing back
 */
export async function holdForAnswer<Row>(
  tx: Tx,
  name: string,
  statement: Prisma.Sql,
  again: Prisma.Sql,
): Promise<Held<Row>> {
  await tx.$executeRaw`${Prisma.raw(`${WITH_NEXT}: ${name} */`)} ${statement}`
  return { answer: () => tx.$queryRaw<Row[]>`${Prisma.raw(`${ANSWER_OF} ${name} */`)} ${again}` }
}
