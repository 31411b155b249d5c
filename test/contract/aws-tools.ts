import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'vitest'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import type { Credentials } from './door.ts'

/** Programs that npm does not install. Debian's package is named in what `.ci/run` fails with. */
const TOOLS = {
  awscli: ['aws', '--version'],
  'python3-boto3': ['python3', '-c', 'import boto3'],
} as const

/**
 * Whether a tool is on this machine. Where REQUIRE_AWS_TOOLS is 1, as in `.ci/run`, a missing one is a failure; elsewhere its
 * tests are left out, and a line says so.
 */
export function findTool(debianPackage: keyof typeof TOOLS): boolean {
  const [command, ...args] = TOOLS[debianPackage]
  const there = spawnSync(command, args, { stdio: 'ignore' }).status === 0
  test(`${debianPackage} is there where it must be`, () => {
    if (there) return
    const missing = `${debianPackage} is missing: apt-get install ${debianPackage}`
    if (process.env.REQUIRE_AWS_TOOLS === '1') throw new Error(missing)
    console.warn(`${missing}. What needs it is left out.`)
  })
  return there
}

/** The environment of a tool of AWS that knows this key and nothing else: nothing of the user's, no metadata service. */
export function toolEnvironment({ accessKeyId, secretAccessKey, sessionToken }: Credentials): NodeJS.ProcessEnv {
  const home = temporaryDirectory()
  const folder = path.join(home, '.aws')
  mkdirSync(folder)
  const configFile = path.join(folder, 'config')
  const credentialsFile = path.join(folder, 'credentials')
  writeFileSync(configFile, '[default]\nregion = us-east-1\n')
  writeFileSync(
    credentialsFile,
    [
      '[default]',
      `aws_access_key_id = ${accessKeyId}`,
      `aws_secret_access_key = ${secretAccessKey}`,
      ...(sessionToken === undefined ? [] : [`aws_session_token = ${sessionToken}`]),
      '',
    ].join('\n'),
  )
  return {
    PATH: process.env.PATH,
    HOME: home,
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  }
}
