import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

/** `npm install` builds the server and the console. */
const LONGEST_MS = 240_000

export interface ShellAnswer {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A shell in which one block follows the other: variables that a block exports are there in the next. */
export class Shell {
  readonly #folder: string
  readonly #environment: NodeJS.ProcessEnv
  /** Where exported variables wait for the next block. */
  readonly #exports: string
  readonly #running = new Set<ChildProcess>()

  constructor(options: { folder: string; scratch: string; environment: NodeJS.ProcessEnv }) {
    this.#folder = options.folder
    this.#environment = options.environment
    this.#exports = path.join(options.scratch, 'exports.sh')
  }

  /** Runs a block to its end; it ends at the first command that fails. */
  async run(script: string): Promise<ShellAnswer> {
    const child = this.#spawn(`set -eu -o pipefail\n${script}\nexport -p > '${this.#exports}'`)
    return ended(child)
  }

  /** As somebody's terminal runs it: what follows a command that failed is run all the same. */
  async runInTerminal(script: string): Promise<ShellAnswer> {
    return ended(this.#spawn(script))
  }

  /** Starts a block that does not end by itself. */
  start(script: string): ChildProcess {
    return this.#spawn(`set -eu -o pipefail\n${script}`)
  }

  /** Ends what still runs, at once. */
  kill(): void {
    for (const child of this.#running) signalGroup(child, 'SIGKILL')
  }

  #spawn(script: string): ChildProcess {
    const before = existsSync(this.#exports) ? `source '${this.#exports}'\n` : ''
    const child = spawn('bash', ['-c', before + script], {
      cwd: this.#folder,
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what a block started can be ended with it.
      detached: true,
    })
    this.#running.add(child)
    child.once('close', () => this.#running.delete(child))
    return child
  }
}

function ended(child: ChildProcess): Promise<ShellAnswer> {
  return new Promise((resolve, reject) => {
    let stdout = ''
    let stderr = ''
    const impatient = setTimeout(() => signalGroup(child, 'SIGKILL'), LONGEST_MS)
    child.stdout?.on('data', (chunk) => (stdout += String(chunk)))
    child.stderr?.on('data', (chunk) => (stderr += String(chunk)))
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(impatient)
      resolve({ code, stdout, stderr })
    })
  })
}

/** Signals everything that a block started. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // It has just ended.
  }
}
