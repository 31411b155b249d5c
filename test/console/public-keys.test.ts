import { expect, test } from 'vitest'
import { CERTIFICATES } from '../support/certificates.ts'
import { SSH_KEYS } from '../support/ssh-keys.ts'
import { publicKeys } from './pages/public-keys.ts'
import { shell } from './pages/shell.ts'
import { userPage } from './pages/users.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()

test('an SSH public key is uploaded, switched off and on, and deleted only after its id was typed', async () => {
  await portal.createUser('sasha')
  const page = await portal.openAs('root', '/users/sasha?tab=credentials')
  const keys = publicKeys(page, 'SSH public keys')
  await keys.count(0)
  await keys.upload.click()
  await keys.dialog.getByRole('textbox', { name: 'Public key' }).fill('ssh-rsa AAAA')
  await keys.confirm('Upload')
  await keys.dialog.getByText('The public key is invalid. It is malformed.').waitFor()
  await expectAccessible(page)
  await keys.dialog.getByRole('textbox', { name: 'Public key' }).fill(SSH_KEYS.ed25519.line)
  await keys.confirm('Upload')
  await keys.count(1)
  await page.getByText(SSH_KEYS.ed25519.fingerprint).waitFor()
  const id = await keys.onlyId()
  await keys.has(id, 'Active')
  await keys.choose(id, 'Deactivate')
  await keys.confirm('Deactivate')
  await keys.has(id, 'Inactive')
  await keys.choose(id, 'Activate')
  await keys.has(id, 'Active')
  await expectAccessible(page)
  await keys.choose(id, 'Delete')
  const remove = keys.dialog.getByRole('button', { name: 'Delete', exact: true })
  expect(await remove.isDisabled()).toBe(true)
  await keys.dialog.getByRole('textbox').fill(id)
  await expectAccessible(page)
  await remove.click()
  await keys.count(0)
})

test('a signing certificate shows whom it is about and until when, and there are two at most', async () => {
  await portal.createUser('sidney')
  const page = await portal.openAs('root', '/users/sidney?tab=credentials')
  const certificates = publicKeys(page, 'Signing certificates')
  for (const [at, body] of [CERTIFICATES.alice, CERTIFICATES.bob].entries()) {
    await certificates.count(at)
    await certificates.upload.click()
    await certificates.dialog.getByRole('textbox', { name: 'Certificate' }).fill(body)
    await certificates.confirm('Upload')
  }
  await certificates.count(2)
  await page.getByText('CN=alice, O=Example').waitFor()
  await page.getByText('2099').first().waitFor()
  expect(await certificates.upload.isDisabled()).toBe(true)
  await certificates.upload.hover()
  await page.getByText('There are 2 already').filter({ visible: true }).first().waitFor()
})

test('who may not list or upload learns which permission is missing, and nothing is asked that would be refused', async () => {
  await portal.createUser('sven')
  const LOOK = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' } }
  await portal.createPerson({ name: 'looker', policies: { LOOK } })
  const page = await portal.openAs('looker', '/users/sven?tab=credentials')
  await page.getByText('You need permission for iam:ListSSHPublicKeys.').waitFor()
  await page.getByText('You need permission for iam:ListSigningCertificates.').waitFor()
  const keys = publicKeys(page, 'SSH public keys')
  await expect.poll(async () => await keys.upload.isDisabled()).toBe(true)
  const { auditEvents } = await portal.asRoot(
    '{ auditEvents(filter: { action: "iam:ListSSHPublicKeys", result: DENIED }) { edges { node { id } } } }',
  )
  expect(auditEvents).toEqual({ edges: [] })
})

test('the deletion of a user takes SSH public keys and signing certificates along', async () => {
  await portal.createUser('solo')
  await portal.asRoot(`mutation {
    uploadSshPublicKey(input: { userName: "solo", sshPublicKeyBody: "${SSH_KEYS.p256.line}" }) { __typename }
    uploadSigningCertificate(input: { userName: "solo", certificateBody: ${JSON.stringify(CERTIFICATES.carol)} }) { __typename }
  }`)
  const page = await portal.openAs('root', '/users/solo')
  const user = userPage(page)
  await user.button('Delete').click()
  await user.dialog.getByText('Delete signing certificate').waitFor()
  await user.dialog.getByText('Delete SSH public key').waitFor()
  await user.dialog.getByRole('textbox').fill('solo')
  await user.confirm('Delete')
  await shell(page).isAt('Users')
})

test('one’s own page has SSH keys, certificates and credentials of services, with the built-in policies for them', async () => {
  await portal.createPerson({ name: 'selma' })
  for (const policy of ['IAMUserSSHKeys', 'IAMSelfManageServiceSpecificCredentials'])
    await portal.asRoot(`mutation {
      attachUserPolicy(input: { userName: "selma", policyArn: "arn:aws:iam::aws:policy/${policy}" }) { __typename }
    }`)
  const page = await portal.openAs('selma', '/security-credentials')
  const keys = publicKeys(page, 'SSH public keys')
  await keys.count(0)
  await keys.upload.click()
  await keys.dialog.getByRole('textbox', { name: 'Public key' }).fill(SSH_KEYS.ed25519.line)
  await keys.confirm('Upload')
  await keys.has(await keys.onlyId(), 'Active')
  await page.getByRole('heading', { name: 'Service-specific credentials (0)' }).waitFor()
  await page.getByText('You need permission for iam:ListSigningCertificates.').waitFor()
})
