import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { LeftOut } from './left-out.ts'

/** Programs that npm does not install, and which versions of them can do what a block says. */
const PROGRAMS = [
  {
    name: 'the aws CLI',
    debianPackage: 'awscli',
    version: ['aws', '--version'],
    needs: /(^|\s)aws (sts|iam|configure) /m,
    enough: () => true,
    since: '',
  },
  {
    name: 'aws configure import',
    debianPackage: 'awscli',
    version: ['aws', '--version'],
    needs: /aws configure import/,
    enough: ([major]: Version) => major >= 2,
    since: 'version 2',
  },
  {
    name: 'boto3',
    debianPackage: 'python3-boto3',
    version: ['python3', '-c', 'import boto3; print("boto3/" + boto3.__version__)'],
    needs: /^import boto3$/m,
    enough: ([major, minor]: Version) => major > 1 || minor >= 28,
    since: '1.28, which reads an address from a profile',
  },
]

type Version = readonly [major: number, minor: number]

/** The programs of this machine. */
export class Tools {
  readonly #required: boolean
  readonly #scratch: string

  /** `required`: what is missing is a failure. */
  constructor(options: { required: boolean; scratch: string }) {
    this.#required = options.required
    this.#scratch = options.scratch
  }

  /** Throws when a block needs what is not here, or is too old for it. */
  demand(text: string): void {
    for (const { name, debianPackage, version, needs, enough, since } of PROGRAMS) {
      if (!needs.test(text)) continue
      const found = versionOf(version)
      if (found === null && this.#required) throw new Error(`${name} is missing: apt-get install ${debianPackage}`)
      if (found === null) throw new LeftOut(`${name} is not here`)
      if (!enough(found)) throw new LeftOut(`${name} needs ${since}; here is ${found.join('.')}`)
    }
  }

  /** The same environment; with an old aws CLI, one in front of it that is told the address with every command. */
  environment(environment: NodeJS.ProcessEnv, address: string): NodeJS.ProcessEnv {
    const [major, minor] = versionOf(['aws', '--version']) ?? [2, 99]
    if (major === 1 ? minor >= 29 : minor >= 13) return environment
    const folder = path.join(this.#scratch, 'bin')
    const file = path.join(folder, 'aws')
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, `#!/bin/sh\nPATH='${process.env.PATH}' exec aws --endpoint-url '${address}' "$@"\n`)
    chmodSync(file, 0o755)
    return { ...environment, PATH: `${folder}${path.delimiter}${environment.PATH}` }
  }
}

function versionOf([command = '', ...args]: readonly string[]): Version | null {
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' })
  const [, major, minor] = /\/(\d+)\.(\d+)/.exec(stdout ?? '') ?? []
  return major === undefined ? null : [Number(major), Number(minor)]
}
