import cluster from 'node:cluster'
import { enclose, type FiguresOfOthers, fromPrimary, type Start, type ToPrimary, type ToWorker } from './messages.ts'

/** The place of a worker among those behind one port, and its line to the primary. */
export interface Seat {
  /** From 1; whoever takes the place of another has its number. */
  readonly number: number
  /** How many there are. */
  readonly of: number
  readonly start: Start
  /** Where the first one listens; null for the first. */
  readonly port: number | null
  /** It listens, and answers. */
  ready(port: number): void
  /** It cannot start; resolves when the primary has the line. */
  refuse(line: string, outage: boolean): Promise<void>
  /** Told at most once, also when the primary is gone. */
  onStop(stop: (handover: boolean) => void): void
  /** Tells all other workers. */
  tell(news: unknown): void
  onNews(hear: (news: unknown) => void): void
  /** How its own figures are read, for whoever asks another worker. */
  giveFigures(read: () => Promise<string>): void
  /** The figures of the others; none of them when the primary is gone. */
  figuresOfOthers(): Promise<FiguresOfOthers>
}

const ALONE: FiguresOfOthers = { current: true, texts: [] }

/** What the primary gives a worker as arguments, for `ps` as well: `worker 2 of 4 next 4000`. */
export function argumentsOf({ number, of, start, port }: Pick<Seat, 'number' | 'of' | 'start' | 'port'>): string[] {
  return ['worker', String(number), 'of', String(of), start, ...(port === null ? [] : [String(port)])]
}

/** The seat that the arguments of a process name; null for a process that is no worker. */
export function seatOf(args: readonly string[]): Seat | null {
  const [word, number, , of, start, port] = args
  if (word !== 'worker' || !cluster.isWorker) return null
  const begins: Start = start === 'first' || start === 'next' ? start : 'again'
  return openSeat({ number: Number(number), of: Number(of), start: begins, port: port ? Number(port) : null })
}

function openSeat(place: Pick<Seat, 'number' | 'of' | 'start' | 'port'>): Seat {
  let stop: ((handover: boolean) => void) | undefined
  let hear: ((news: unknown) => void) | undefined
  let read: (() => Promise<string>) | undefined
  let asked = 0
  const asking = new Map<number, (others: FiguresOfOthers) => void>()

  function handle(message: ToWorker): void {
    switch (message.kind) {
      case 'stop':
        stop?.(message.handover)
        break
      case 'give-figures': {
        const { id } = message
        const give = (text: string) => send({ kind: 'figures', id, text })
        // Who cannot tell says nothing, and is counted as silent.
        read?.().then(give, () => {})
        break
      }
      case 'figures-of-others':
        asking.get(message.id)?.(message.others)
        asking.delete(message.id)
        break
      case 'heard':
        hear?.(message.news)
    }
  }
  process.on('message', (value: unknown) => {
    const message = fromPrimary(value)
    if (message !== null) handle(message)
  })
  // Node would end the process at once, and with it the requests under way.
  if (cluster.worker) cluster.worker.exitedAfterDisconnect = true
  process.once('disconnect', () => {
    for (const answer of asking.values()) answer(ALONE)
    asking.clear()
    stop?.(false)
  })

  return {
    ...place,
    ready: (port) => send({ kind: 'ready', port }),
    refuse: (line, outage) => new Promise((resolve) => send({ kind: 'refused', line, outage }, () => resolve())),
    onStop(given) {
      let told = false
      stop = (handover) => {
        if (!told) given(handover)
        told = true
      }
      if (!process.connected) stop(false)
    },
    tell: (news) => send({ kind: 'tell', news }),
    onNews: (given) => void (hear = given),
    giveFigures: (given) => void (read = given),
    figuresOfOthers: () =>
      new Promise((resolve) => {
        const id = asked++
        asking.set(id, resolve)
        send({ kind: 'ask-figures', id }, (sent) => {
          if (!sent && asking.delete(id)) resolve(ALONE)
        })
      }),
  }
}

/** Tells `done` whether it is out. Never throws: the primary may be gone. */
function send(message: ToPrimary, done: (sent: boolean) => void = () => {}): void {
  if (!process.connected || process.send === undefined) {
    done(false)
    return
  }
  process.send(enclose(message), undefined, undefined, (error: Error | null) => done(error === null))
}
