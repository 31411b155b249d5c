import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  IAMClient,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { z } from 'zod'
import { toolEnvironment } from '../../contract/aws-tools.ts'

const run = promisify(execFile)

export interface KeyPair {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** What a tool of AWS does with the keys of the user whose key it has. */
interface KeyTool {
  create(): Promise<KeyPair>
  /** Id and status, as the tool prints it. */
  list(): Promise<readonly (readonly [string, string])[]>
  /** The service that the key was last used for; `N/A` when it never was. */
  lastUsedFor(accessKeyId: string): Promise<string>
  update(accessKeyId: string, status: 'Active' | 'Inactive'): Promise<void>
  remove(accessKeyId: string): Promise<void>
}

export type KeyToolAt = (url: string, key: KeyPair) => KeyTool

const created = z.object({ AccessKey: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string() }) })
const listed = z.object({ AccessKeyMetadata: z.array(z.object({ AccessKeyId: z.string(), Status: z.string() })) })
const used = z.object({ AccessKeyLastUsed: z.object({ ServiceName: z.string() }) })

/** The five operations of either tool, by their names in the API. */
function keyTool(call: (operation: string, parameters: Record<string, string>) => Promise<unknown>): KeyTool {
  return {
    async create() {
      const { AccessKey } = created.parse(await call('CreateAccessKey', {}))
      return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey }
    },
    async list() {
      const { AccessKeyMetadata } = listed.parse(await call('ListAccessKeys', {}))
      return AccessKeyMetadata.map(({ AccessKeyId, Status }) => [AccessKeyId, Status] as const)
    },
    async lastUsedFor(accessKeyId) {
      const answer = await call('GetAccessKeyLastUsed', { AccessKeyId: accessKeyId })
      return used.parse(answer).AccessKeyLastUsed.ServiceName
    },
    async update(accessKeyId, status) {
      await call('UpdateAccessKey', { AccessKeyId: accessKeyId, Status: status })
    },
    async remove(accessKeyId) {
      await call('DeleteAccessKey', { AccessKeyId: accessKeyId })
    },
  }
}

/** As the CLI spells operations and parameters. */
const dashed = (name: string) => name.replaceAll(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase()

/** `aws iam …` as it is installed, with the key in its credentials file. */
export const awsCli: KeyToolAt = (url, key) => {
  const env = toolEnvironment(key)
  return keyTool(async (operation, parameters) => {
    const options = Object.entries(parameters).flatMap(([name, value]) => [`--${dashed(name)}`, value])
    const args = ['--endpoint-url', url, 'iam', dashed(operation), ...options, '--output', 'json']
    const { stdout } = await run('aws', args, { env })
    return stdout === '' ? null : JSON.parse(stdout)
  })
}

/** The AWS SDK for JavaScript. */
export const awsSdk: KeyToolAt = (url, key) => {
  const client = new IAMClient({ endpoint: url, region: 'us-east-1', credentials: key, maxAttempts: 1 })
  return keyTool(async (operation, { AccessKeyId, Status }) => {
    switch (operation) {
      case 'CreateAccessKey':
        return await client.send(new CreateAccessKeyCommand({}))
      case 'ListAccessKeys':
        return await client.send(new ListAccessKeysCommand({}))
      case 'GetAccessKeyLastUsed':
        return await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))
      case 'UpdateAccessKey':
        return await client.send(
          new UpdateAccessKeyCommand({ AccessKeyId, Status: Status === 'Active' ? 'Active' : 'Inactive' }),
        )
      default:
        return await client.send(new DeleteAccessKeyCommand({ AccessKeyId }))
    }
  })
}
