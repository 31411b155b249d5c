import type { Cost } from './costs.ts'
import type { Payer } from './payer.ts'

/** What one payer had of one cost; below zero when more was given back. */
export type Draw = readonly [kind: Payer['kind'], cost: Cost, id: string, amount: number]

/** How processes behind one port hear what each caller had of the others. */
export interface SharedDraws {
  tell(news: unknown): void
  onNews(hear: (news: unknown) => void): void
}

/** As often as they are told: a caller may have that much more of each process as it asks for within this time. */
const TELL_EVERY_MS = 100

/** Collects draws and tells the others of them, added up; `hear` is told of theirs. Answers with what notes a draw. */
export function shareDraws(
  others: SharedDraws,
  hear: (draw: Draw) => void,
): (payer: Payer, cost: Cost, amount: number) => void {
  const draws = new Map<string, Draw>()
  let timer: NodeJS.Timeout | undefined

  others.onNews((news) => {
    if (isDraws(news)) for (const draw of news) hear(draw)
  })

  return ({ kind, id }, cost, amount) => {
    const key = `${kind} ${cost} ${id}`
    draws.set(key, [kind, cost, id, (draws.get(key)?.[3] ?? 0) + amount])
    timer ??= setTimeout(() => {
      timer = undefined
      others.tell([...draws.values()])
      draws.clear()
    }, TELL_EVERY_MS).unref()
  }
}

/** What comes is from another process of this program, which has no other news. */
function isDraws(news: unknown): news is readonly Draw[] {
  return Array.isArray(news)
}
