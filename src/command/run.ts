import { type Command, columns, RefusedError, type Surroundings, UsageError } from './command.ts'
import { COMMANDS } from './commands.ts'
import { version } from '../version.ts'

const USAGE = 'usage: latchkey <command> [options]'
const EXIT_CODES = 'Exit codes: 0 done, 1 refused or failed, 2 not understood.'

/** Runs what the arguments say; resolves with the exit code, and never throws. */
export async function runCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { out, err } = around
  const [first = ''] = args
  if (first === '--version') return say(out, `latchkey ${version()}\n`)
  if (['--help', '-h', 'help'].includes(first)) return help(args.slice(1), around)
  const command = find(args)
  if (command === undefined) {
    const group = COMMANDS.filter(({ name }) => name.startsWith(`${first} `))
    if (group.length > 0 && asksForHelp(args)) return say(out, listOf(group))
    const fault = args.length === 0 ? '' : `latchkey: there is no command ${JSON.stringify(args.join(' '))}\n`
    say(err, fault + (group.length > 0 ? listOf(group) : `${USAGE}\nlatchkey --help lists the commands.\n`))
    return 2
  }
  const rest = args.slice(command.name.split(' ').length)
  if (asksForHelp(rest)) return say(out, command.help)
  try {
    return await command.execute(rest, around)
  } catch (error) {
    return complain(error, command, around)
  }
}

/** Says what is wrong: a line for what the operator can put right; a fault of ours comes with its stack. */
async function complain(error: unknown, { name, usage }: Command, { env, err }: Surroundings): Promise<1 | 2> {
  if (error instanceof UsageError) {
    say(err, `latchkey ${name}: ${error.message}\n${usage}\n`)
    return 2
  }
  const { operatorsLine } = await import('../operators-errors.ts')
  const known = error instanceof RefusedError ? error.message : operatorsLine(error, env)
  const fault = error instanceof Error ? (error.stack ?? error.message) : String(error)
  say(err, `${known === null ? fault : `latchkey ${name}: ${known}`}\n`)
  return 1
}

function help(args: readonly string[], { out, err }: Surroundings): 0 | 2 {
  if (args.length === 0)
    return say(out, `${USAGE}\n\n${listOf(COMMANDS)}\nlatchkey <command> --help says more about one.\n${EXIT_CODES}\n`)
  const command = find(args)
  if (command !== undefined) return say(out, command.help)
  say(err, `latchkey: there is no command ${JSON.stringify(args.join(' '))}\n${USAGE}\n`)
  return 2
}

function find([first = '', second = '']: readonly string[]): Command | undefined {
  return COMMANDS.find(({ name }) => name === first || name === `${first} ${second}`)
}

function asksForHelp(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h')
}

function listOf(commands: readonly Command[]): string {
  return columns(commands.map(({ name, summary }) => [name, summary]))
}

function say(to: Surroundings['out'], text: string): 0 {
  to.write(text)
  return 0
}
