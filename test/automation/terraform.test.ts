import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blocksOf } from '../../scripts/readme/blocks.ts'
import { BUILT_IN_POLICIES } from '../../src/iam/policies/built-in/index.ts'
import { ensureBuiltInPolicies } from '../../src/store/built-in-policies.ts'
import { presentClock } from '../aws-query/clients.ts'
import { toolEnvironment } from '../contract/aws-tools.ts'
import { type Account, type Installation, keyOf, openInstallation } from '../support/installation.ts'
import { newSigner, openSamlProvider } from '../support/saml-provider.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const run = promisify(execFile)
const ROOT = path.join(import.meta.dirname, '../..')
/** Terraform and its provider take seconds to start, and minutes on a busy machine. */
const TIMEOUT = { timeout: 600_000 }

/** A directory of plugins that has the provider: nothing is loaded from the network. */
const plugins = findPlugins()
const there = plugins !== null && spawnSync('terraform', ['version']).status === 0

test('Terraform and its AWS provider are there, or what needs them is left out', () => {
  if (!there) console.warn('terraform or a directory of plugins with hashicorp/aws is missing: its tests are left out.')
})

describe.runIf(there)('what docs/terraform.md describes', () => {
  let installation: Installation
  let account: Account
  beforeAll(async () => {
    installation = await openInstallation({ clock: presentClock() })
    account = await installation.openAccount()
    await ensureBuiltInPolicies(installation.services, BUILT_IN_POLICIES)
  })
  afterAll(() => installation.stop())

  /** @param more files beside the provider's block; without any, what the page goes on to describe */
  async function workspace(more?: Readonly<Record<string, string>>) {
    const directory = temporaryDirectory()
    const source = blocksOf(ROOT, 'docs/terraform.md').filter(({ language }) => language === 'hcl')
    const used = more === undefined ? source : source.slice(0, 1)
    writeFileSync(path.join(directory, 'main.tf'), used.map(({ text }) => text).join('\n'))
    for (const [name, text] of Object.entries(more ?? {})) writeFileSync(path.join(directory, name), text)
    const rc = path.join(directory, 'terraform.rc')
    writeFileSync(rc, `provider_installation {\n  filesystem_mirror { path = ${JSON.stringify(plugins)} }\n}\n`)
    const env = {
      ...toolEnvironment(keyOf(account.rootKey)),
      TF_CLI_CONFIG_FILE: rc,
      TF_IN_AUTOMATION: '1',
      TF_VAR_latchkey: installation.url,
      CHECKPOINT_DISABLE: '1',
    }
    return async (...args: readonly string[]) => (await run('terraform', args, { cwd: directory, env })).stdout
  }

  test('is made, is no different on a second look, is changed, and is destroyed without a rest', TIMEOUT, async () => {
    const terraform = await workspace()
    await terraform('init', '-no-color')
    expect(await terraform('apply', '-auto-approve', '-no-color')).toMatch(
      /Apply complete! Resources: \d+ added, 0 changed/,
    )
    // Exit code 0: no changes; 2 would be a rejection here.
    await terraform('plan', '-detailed-exitcode', '-no-color')

    expect(await terraform('apply', '-auto-approve', '-no-color', '-var', 'team=blue')).toMatch(
      /Resources: 0 added, [1-9]\d* changed, 0 destroyed/,
    )
    await terraform('plan', '-detailed-exitcode', '-no-color', '-var', 'team=blue')
    const { accountId } = account
    const { db } = installation
    const alice = await db.user.findFirstOrThrow({ where: { accountId, name: 'tf-alice' }, include: { tags: true } })
    expect(alice.tags).toMatchObject([{ key: 'team', value: 'blue' }])

    // What Terraform does not know of goes with a user that may be destroyed by force.
    await account.root('mutation { createAccessKey(input: { userName: "tf-alice" }) { __typename } }')
    await account.root('mutation { createVirtualMfaDevice(input: { virtualMfaDeviceName: "left" }) { __typename } }')
    expect(await terraform('destroy', '-auto-approve', '-no-color', '-var', 'team=blue')).toMatch(
      /Destroy complete! Resources: [1-9]\d* destroyed/,
    )
    const where = { accountId }
    const rest = await Promise.all([
      db.user.count({ where: { ...where, root: false } }),
      db.group.count({ where }),
      db.role.count({ where }),
      db.policy.count({ where: { ...where, builtIn: false } }),
      db.instanceProfile.count({ where }),
      db.oidcProvider.count({ where }),
    ])
    expect(rest).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('also fits identity providers of SAML', TIMEOUT, async () => {
    const metadata = openSamlProvider({ signer: newSigner({ curve: 'P-256' }) }).metadata()
    const terraform = await workspace({
      'saml.tf': `resource "aws_iam_saml_provider" "staff" {
  name                   = "Staff"
  saml_metadata_document = file("metadata.xml")
  tags                   = { team = var.team }
}
`,
      'metadata.xml': metadata,
    })
    await terraform('init', '-no-color')
    expect(await terraform('apply', '-auto-approve', '-no-color')).toContain('Resources: 1 added, 0 changed')
    await terraform('plan', '-detailed-exitcode', '-no-color')
    const { accountId } = account
    const where = { accountId_name: { accountId, name: 'Staff' } }
    expect(await installation.db.samlProvider.findUnique({ where })).toMatchObject({ metadataDocument: metadata })
    const changed = await terraform('apply', '-auto-approve', '-no-color', '-var', 'team=blue')
    expect(changed).toContain('Resources: 0 added, 1 changed, 0 destroyed')
    await terraform('destroy', '-auto-approve', '-no-color')
    expect(await installation.db.samlProvider.count({ where: { accountId } })).toBe(0)
  })
})

/** Where administrators put plugins: Terraform's own places, and directories of /opt. */
function findPlugins(): string | null {
  const opt = existsSync('/opt') ? readdirSync('/opt').map((name) => path.join('/opt', name)) : []
  const usual = ['/usr/share/terraform/plugins', '/usr/local/share/terraform/plugins']
  const own = path.join(homedir(), '.terraform.d/plugins')
  return [own, ...usual, ...opt].find(hasProvider) ?? null
}

function hasProvider(place: string): boolean {
  return existsSync(path.join(place, 'registry.terraform.io/hashicorp/aws'))
}
