import path from 'node:path'
import { mkdirSync, writeFileSync, appendFileSync, existsSync } from 'node:fs'
import type { Block } from './blocks.ts'
import { Browser, type GraphqlAnswer } from './browser.ts'
import { readersEnvironment } from './checkout.ts'
import { differences } from './compare.ts'
import { LeftOut } from './left-out.ts'
import { databaseOfItsOwn } from './postgresql.ts'
import { ANSWERED_COMMANDS, LEFT_OUT_LANGUAGES, LEFT_OUT_LINES, PROMISES } from './rules.ts'
import { type RunningServer, untilReady } from './server.ts'
import { Shell, type ShellAnswer } from './shell.ts'
import type { Tools } from './tools.ts'
import { Values } from './values.ts'

export interface TourOptions {
  /** The checkout in which the commands run. */
  readonly folder: string
  /** For the reader's home and what lies around. */
  readonly scratch: string
  readonly port: number
  readonly tools: Tools
  /** The text of the README: it names the person who signs in. */
  readonly text: string
  /** A PostgreSQL server on which the role may make databases; null when there is none. */
  readonly postgresqlUrl: string | null
}

/** A reader who does what the text says, block after block. */
export class Tour {
  readonly #options: TourOptions
  readonly #home: string
  readonly #values: Values
  readonly #shell: Shell
  readonly #browsers = new Map<string, Browser>()
  #server: RunningServer | null = null
  #rootPassword: string | null = null
  #lastAnswer: GraphqlAnswer | null = null

  constructor(options: TourOptions) {
    this.#options = options
    this.#home = path.join(options.scratch, 'home')
    this.#values = new Values(`http://127.0.0.1:${options.port}`)
    const environment = readersEnvironment(this.#home, options.port)
    this.#shell = new Shell({ ...options, environment: options.tools.environment(environment, this.#values.address) })
  }

  /** Does what a block says and holds it to what it promises. Throws what is wrong, or why it is left out. */
  async visit(block: Block): Promise<void> {
    const leftOut = LEFT_OUT_LANGUAGES[block.language]
    if (leftOut !== undefined) throw new LeftOut(leftOut)
    switch (block.language) {
      case 'graphql':
        return this.#ask(block.text)
      case 'json':
        return this.#compare(block.text)
      case 'sh':
        return this.#type(block.text)
      case 'ini':
        return this.#configure(block.text)
      case 'python':
        return this.#program(block.text, 'python3 -')
      case 'js':
        return this.#program(block.text, 'node --input-type=module')
      case '':
        return this.#answered(block.text)
      default:
        throw new Error(`no rule says what is to be done with a block of ${block.language}`)
    }
  }

  async end(): Promise<void> {
    await this.#server?.stop()
    this.#shell.kill()
  }

  async #ask(text: string): Promise<void> {
    const [, who, denied] = /^# as (\w+)(, denied)?\n/.exec(text) ?? []
    if (who === undefined) throw new Error('the first line does not say who asks: "# as alice" or "# as alice, denied"')
    const browser = this.#browsers.get(who) ?? (await this.#signIn(who))
    const answer = await browser.ask(await this.#values.fill(text))
    this.#lastAnswer = answer
    const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.code)
    const asSaid = denied ? codes.length > 0 && codes.every((code) => code === 'AccessDenied') : codes.length === 0
    if (!asSaid) throw new Error(`${denied ? 'not denied' : 'not done'}: ${JSON.stringify(answer)}`)
    this.#values.note(answer.data)
  }

  async #signIn(who: string): Promise<Browser> {
    const browser = new Browser(this.#values.address)
    if (who === 'root') await browser.signIn({ rootEmail: 'root@localhost', password: this.#rootPassword ?? '' })
    else {
      const [, account, name, password = ''] =
        /sign in as `(\d{12})`, `(\w+)`, `([^`]+)`/.exec(this.#options.text) ?? []
      if (name !== who) throw new Error(`the text does not say how ${who} signs in`)
      await browser.signIn({ account, userName: name, password })
    }
    this.#browsers.set(who, browser)
    return browser
  }

  /** What is shown of an answer is its first error. */
  #compare(text: string): void {
    const found = differences(JSON.parse(text), this.#lastAnswer?.errors?.[0])
    if (found.length > 0) throw new Error(found.join('\n'))
  }

  async #type(text: string): Promise<void> {
    const kept = text.split('\n').filter((line) => LEFT_OUT_LINES[line] === undefined)
    const script = kept.join('\n').trim()
    if (script === '') throw new LeftOut(LEFT_OUT_LINES[text.split('\n')[0] ?? ''])
    if (/(^|\s)npm start$/.test(script)) return this.#serve(script)
    if (/\brm\b/.test(script)) await this.#rehearse(script)
    this.#options.tools.demand(text)
    if (script.includes('AWS_PROFILE=')) await this.#typeInKey()
    let printed = ''
    // What a step printed is filled into the next.
    for (const step of script.split(/\n\n(?=# )/)) printed += (await this.#run(await this.#values.fill(step))).stdout
    this.#hold(text, printed)
  }

  async #run(script: string): Promise<ShellAnswer> {
    const answer = await this.#shell.run(script)
    if (answer.code !== 0) throw new Error(`ended with ${answer.code}: ${script}\n${answer.stdout}${answer.stderr}`)
    const parsed = jsonOf(answer.stdout)
    if (isFailure(parsed)) throw new Error(`answered with errors: ${answer.stdout}`)
    this.#values.note(parsed)
    return answer
  }

  #hold(text: string, printed: string): void {
    for (const { block, prints } of PROMISES)
      if (text.includes(block) && !prints.test(printed)) throw new Error(`does not print ${prints}: ${printed}`)
  }

  /** Starts a server in the place of the one before. */
  async #serve(script: string): Promise<void> {
    await this.#server?.stop()
    this.#server = null
    const database = script.includes('DATABASE_URL') ? await this.#database() : null
    const prepared = database === null ? script : script.replace(/postgresql:\S+/, `'${database.url}'`)
    const server = await untilReady(this.#shell.start(prepared))
    if (database !== null) {
      await server.stop()
      return database.drop()
    }
    this.#server = server
    this.#rootPassword = /Password +(\S+)/.exec(server.banner)?.[1] ?? null
    this.#browsers.clear()
  }

  async #database() {
    const { postgresqlUrl } = this.#options
    if (postgresqlUrl === null) throw new LeftOut('no TEST_DATABASE_URL names a PostgreSQL server')
    return databaseOfItsOwn(postgresqlUrl)
  }

  /**
   * What removes something is first run on files of its own with an `aws` that fails: they have to be there afterwards, also
   * in a terminal, which runs the next line whatever became of the one before.
   */
  async #rehearse(script: string): Promise<void> {
    const file = this.#download()
    await this.#shell.runInTerminal(`aws() { return 1; }\n${script}`)
    if (!existsSync(file)) throw new Error(`${path.basename(file)} is gone although the command before failed`)
  }

  /** `aws configure --profile latchkey`, where the import has not done it: an aws CLI of version 1 has none. */
  async #typeInKey(): Promise<void> {
    if (existsSync(path.join(this.#home, '.aws/credentials'))) return
    const { id, secret } = this.#values.keys.at(-1) ?? {}
    await this.#run(`aws configure set --profile latchkey aws_access_key_id '${id}'
aws configure set --profile latchkey aws_secret_access_key '${secret}'`)
  }

  /** The file that the console offers when a key is made. */
  #download(): string {
    const key = this.#values.keys.at(-1)
    const file = path.join(this.#options.folder, 'alice_accessKeys.csv')
    writeFileSync(file, `Access key ID,Secret access key\n${key?.id},${key?.secret}\n`)
    return file
  }

  /** Adds the lines to the file that their first line names. */
  #configure(text: string): void {
    const [, name] = /^# ~\/(\S+)\n/.exec(text) ?? []
    if (name === undefined) throw new Error('the first line does not name the file: "# ~/.aws/config"')
    const file = path.join(this.#home, name)
    mkdirSync(path.dirname(file), { recursive: true })
    appendFileSync(file, text.replaceAll('http://127.0.0.1:4000', this.#values.address))
  }

  async #program(text: string, interpreter: string): Promise<void> {
    this.#options.tools.demand(text)
    const { stdout } = await this.#run(`${interpreter} <<'END'\n${await this.#values.fill(text)}END`)
    this.#hold(text, stdout)
  }

  /** The command whose answer is shown must fail with it. */
  async #answered(text: string): Promise<void> {
    const row = ANSWERED_COMMANDS.find(({ answer }) => text.includes(answer))
    if (row === undefined) throw new Error('no rule says which command answers this')
    this.#options.tools.demand(row.command)
    const { code, stderr } = await this.#shell.run(row.command)
    if (code === 0 || !stderr.includes(text.trim())) throw new Error(`${row.command} answered ${code}: ${stderr}`)
  }
}

/** The object that a command printed, also when the output of another follows; null when there is none. */
function jsonOf(printed: string): unknown {
  const [whole] = /^\{[^]*?^\}/m.exec(printed) ?? []
  for (const text of [printed, whole ?? '']) {
    try {
      return JSON.parse(text)
    } catch {
      // No JSON: a table, or a line of text.
    }
  }
  return null
}

function isFailure(answer: unknown): boolean {
  return answer !== null && typeof answer === 'object' && 'errors' in answer
}
