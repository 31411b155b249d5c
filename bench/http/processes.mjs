// What the operating system knows of processes (Linux): where they run and what they use.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

const TICKS_PER_SECOND = 100
/** The server has a core of its own; the load and PostgreSQL share another. */
export const SERVER_CORE = '0'
export const LOAD_CORE = '1'
const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0
export const pinned = canPin

/** A command line that stays on one core, as far as the machine can do that. */
export function onCore(core, command) {
  return canPin ? ['taskset', '-c', core, ...command] : command
}

/** Moves a running process to a core. Not possible for processes of other machines and other users. */
export function moveTo(core, pid) {
  return canPin && spawnSync('taskset', ['-acp', core, String(pid)]).status === 0
}

/** Seconds of CPU, user and system, that a process with all its threads has used; null when there is no such process here. */
export function cpuSeconds(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  } catch {
    return null
  }
}

/** Seconds of CPU that the whole machine has used. */
export function machineSeconds() {
  const [user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return (user + nice + system + irq + softirq) / TICKS_PER_SECOND
}
