import type { Writable } from 'node:stream'
import { parseArgs, type ParseArgsConfig } from 'node:util'

const LINE = 96

/** What a command is given of the process that it runs in. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Results. */
  readonly out: Writable
  /** Complaints. */
  readonly err: Writable
}

/** What the caller can put right in what was typed; the usage line is printed with it. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The command cannot do what was asked, for a reason that the message says in a line or two. Exit code 1. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

interface TextOption {
  readonly type: 'string'
  /** What stands for the value in help, e.g. `<name>`. */
  readonly value: string
  readonly required?: boolean
  readonly help: string
}

interface FlagOption {
  readonly type: 'boolean'
  readonly help: string
}

type Options = Readonly<Record<string, TextOption | FlagOption>>

type ValueOf<O> = O extends FlagOption ? boolean : O extends { readonly required: true } ? string : string | undefined

export type Given<O extends Options> = { readonly [K in keyof O]: ValueOf<O[K]> }

interface Definition<O extends Options> {
  /** One word or two: `audit export`. */
  readonly name: string
  /** One line, for the list of commands. */
  readonly summary: string
  /** What has to be known before it is used; lines are broken where they are printed. */
  readonly description: string
  readonly options?: O
  /** What may stand beside the options, e.g. `<archive>`: without brackets it must. */
  readonly operand?: string
  /** Resolves with the exit code, 0 when it says none. Its modules are loaded when it runs: help is to be quick. */
  readonly run: (given: Given<O>, around: Surroundings, operand: string | undefined) => Promise<number | void>
}

export interface Command {
  readonly name: string
  readonly summary: string
  readonly usage: string
  readonly help: string
  /** Throws UsageError for what it does not understand, before anything is done. */
  readonly execute: (args: readonly string[], around: Surroundings) => Promise<number>
}

/** A command from its description: how it is called, its help and its refusals follow from its options. */
export function defineCommand<const O extends Options = {}>(definition: Definition<O>): Command {
  const { name, summary, description, operand } = definition
  const options: Options = definition.options ?? {}
  const usage = usageOf(name, options, operand)
  return {
    name,
    summary,
    usage,
    help: `${usage}\n\n${wrapped(description)}\n${optionsHelp(options)}`,
    async execute(args, around) {
      const { values, positionals } = parsed(args, options)
      checkOperands(positionals, operand)
      for (const [option, { type, ...rest }] of Object.entries(options)) {
        if (type === 'string' && 'required' in rest && rest.required && !values[option])
          throw new UsageError(`--${option} is missing`)
      }
      const flags = Object.entries(options).filter(([, { type }]) => type === 'boolean')
      const preset = Object.fromEntries(flags.map(([option]) => [option, false]))
      // As the options say: Node has checked their types, and what is required was looked at.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const given = { ...preset, ...values } as unknown as Given<O>
      return (await definition.run(given, around, positionals[0])) ?? 0
    },
  }
}

function parsed(args: readonly string[], options: Options) {
  const known: ParseArgsConfig['options'] = Object.fromEntries(
    Object.entries(options).map(([name, { type }]) => [name, { type }]),
  )
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true })
  } catch (error) {
    throw new UsageError(faultOf(error))
  }
}

/** What Node says in its first sentence; the others are about how it could be got round. */
function faultOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split(/[.\n]/)[0] ?? message
}

function checkOperands(given: readonly string[], operand: string | undefined): void {
  const surplus = given[operand === undefined ? 0 : 1]
  if (surplus !== undefined) throw new UsageError(`${JSON.stringify(surplus)} is not understood`)
  if (operand !== undefined && !operand.startsWith('[') && given.length === 0)
    throw new UsageError(`${operand} is missing`)
}

function usageOf(name: string, options: Options, operand: string | undefined): string {
  const parts = Object.entries(options).map(([option, spec]) => {
    if (spec.type === 'boolean') return `[--${option}]`
    return spec.required ? `--${option} ${spec.value}` : `[--${option} ${spec.value}]`
  })
  return ['usage: latchkey', name, ...(operand === undefined ? [] : [operand]), ...parts].join(' ')
}

function optionsHelp(options: Options): string {
  const rows = Object.entries(options).map(([option, spec]): [string, string] => [
    spec.type === 'boolean' ? `--${option}` : `--${option} ${spec.value}`,
    spec.help,
  ])
  return `\n${columns([...rows, ['--help', 'prints this']])}`
}

/** Lines of one text that fit a terminal. */
function wrapped(text: string): string {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < LINE) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}

/** Two columns, the second one aligned. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('')
}
