import type { WorkerProcess } from './worker-process.ts'

/** How long a worker has for its figures; who takes longer is left out, and counted as silent. */
const PATIENCE_MS = 3_000

export interface FiguresExchange {
  /** Sends the one that asked the figures of all others. */
  ask(asker: WorkerProcess, id: number): void
  answer(worker: WorkerProcess, id: number, text: string): void
}

export interface Workforce {
  /** One a seat: those that take connections. */
  readonly current: () => readonly WorkerProcess[]
  readonly all: () => readonly WorkerProcess[]
  /** Workers that ended by themselves. */
  readonly ends: () => number
}

/** A scrape reaches one worker, and the answer is that of all: the primary asks the others for it. */
export function createFiguresExchange({ current, all, ends }: Workforce): FiguresExchange {
  let questions = 0
  const open = new Map<string, (text: string) => void>()

  function figuresOf(worker: WorkerProcess): Promise<string | null> {
    const id = questions++
    const key = `${worker.pid} ${id}`
    const answered = new Promise<string | null>((resolve) => {
      open.set(key, resolve)
      setTimeout(resolve, PATIENCE_MS, null).unref()
    })
    worker.send({ kind: 'give-figures', id })
    return Promise.race([answered, worker.ended.then(() => null)]).finally(() => open.delete(key))
  }

  async function gather(asker: WorkerProcess, id: number): Promise<void> {
    const others = current().filter((worker) => worker !== asker)
    const texts = await Promise.all(others.map(figuresOf))
    const given = texts.filter((text) => text !== null)
    const isCurrent = current().includes(asker)
    const own = figuresOfPrimary({
      ready: given.length + (isCurrent ? 1 : 0),
      silent: texts.length - given.length,
      starting: all().filter(({ state }) => state === 'starting').length,
      stopping: all().filter(({ state }) => state === 'stopping').length,
      ends: ends(),
    })
    asker.send({ kind: 'figures-of-others', id, others: { current: isCurrent, texts: [...given, own] } })
  }

  return {
    ask: (asker, id) => void gather(asker, id),
    answer: ({ pid }, id, text) => open.get(`${pid} ${id}`)?.(text),
  }
}

function figuresOfPrimary({ ends, ...states }: Readonly<Record<string, number>>): string {
  const workers = Object.entries(states).map(([state, count]) => `latchkey_workers{state="${state}"} ${count}`)
  return `# HELP latchkey_workers Processes behind this port, by what they do.
# TYPE latchkey_workers gauge
${workers.join('\n')}

# HELP latchkey_worker_ends_total Workers that ended by themselves and were started again.
# TYPE latchkey_worker_ends_total counter
latchkey_worker_ends_total ${ends}
`
}
