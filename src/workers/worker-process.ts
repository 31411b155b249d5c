import cluster, { type Worker } from 'node:cluster'
import { performance } from 'node:perf_hooks'
import { enclose, fromWorker, type ToPrimary, type ToWorker } from './messages.ts'
import { argumentsOf, type Seat } from './seat.ts'
import { dealAgain } from './undelivered.ts'

/** Why a worker did not become ready, in one line for the operator. */
export class StartFault extends Error {
  override readonly name = 'StartFault'
  /** Whether it is one that goes by, such as a database that is away. */
  readonly outage: boolean

  constructor(line: string, outage: boolean) {
    super(line)
    this.outage = outage
  }
}

export interface Ending {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly signal: string | null
}

/** A worker as the primary has it. */
export interface WorkerProcess {
  readonly seat: number
  readonly pid: number
  readonly state: 'starting' | 'ready' | 'stopping' | 'ended'
  /** Milliseconds of performance.now() at which it was ready. */
  readonly readyAt: number
  /** Resolves with the port that it listens on. Throws StartFault. */
  readonly started: Promise<number>
  readonly ended: Promise<Ending>
  /** Asks it to end in good order; does nothing when called again. */
  stop(handover: boolean): void
  /** Ends it at once. */
  kill(): void
  /** Does nothing when it has ended. */
  send(message: ToWorker): void
}

/** What it tells beside that it is ready, or is not. */
export type Told = Exclude<ToPrimary, { readonly kind: 'ready' | 'refused' }>

export interface WorkerParts {
  /** The program. */
  readonly exec: string
  readonly place: Pick<Seat, 'number' | 'of' | 'start' | 'port'>
  readonly onReady: (worker: WorkerProcess, port: number) => void
  readonly onTold: (worker: WorkerProcess, told: Told) => void
}

export function forkWorker({ exec, place, onReady, onTold }: WorkerParts): WorkerProcess {
  cluster.setupPrimary({ exec, args: argumentsOf(place) })
  const worker = cluster.fork()
  dealAgain(worker)
  let state: WorkerProcess['state'] = 'starting'
  let readyAt = 0
  let fault: StartFault | null = null
  const name = `worker ${place.number}`

  const started = new Promise<number>((resolve, reject) => {
    worker.on('message', (value: unknown) => {
      const message = fromWorker(value)
      if (message === null) return
      if (message.kind === 'refused') fault = new StartFault(message.line, message.outage)
      else if (message.kind !== 'ready') onTold(forked, message)
      else if (state === 'starting') {
        state = 'ready'
        readyAt = performance.now()
        onReady(forked, message.port)
        resolve(message.port)
      }
    })
    // Also of what was sent to one that has just ended, of which its end tells.
    worker.on('error', (error) => reject(new StartFault(`${name} cannot be started: ${error.message}`, false)))
    worker.once('exit', (code, signal) => {
      const how = signal ? `was ended by ${signal}` : `ended with ${code}`
      reject(fault ?? new StartFault(`${name} ${how} before it was ready.`, false))
    })
  })
  // Whoever waits for it hears of it; nobody may.
  started.catch(() => {})
  const ended = new Promise<Ending>((resolve) => {
    worker.once('exit', (code, signal) => {
      state = 'ended'
      resolve({ code: signal ? null : code, signal: signal || null })
    })
  })

  const forked: WorkerProcess = {
    seat: place.number,
    pid: worker.process.pid ?? 0,
    get state() {
      return state
    },
    get readyAt() {
      return readyAt
    },
    started,
    ended,
    stop(handover) {
      if (state === 'stopping' || state === 'ended') return
      state = 'stopping'
      post(worker, { kind: 'stop', handover })
    },
    kill: () => void worker.process.kill('SIGKILL'),
    send: (message) => post(worker, message),
  }
  return forked
}

function post(worker: Worker, message: ToWorker): void {
  // It may end between the question and the answer: the error is that of a worker that is gone.
  if (worker.isConnected()) worker.process.send(enclose(message), undefined, undefined, () => {})
}
