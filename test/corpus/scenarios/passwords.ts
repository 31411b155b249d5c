import { PASSWORD } from '../../support/world.ts'
import type { Play } from '../stage.ts'

const ANOTHER = 'Another-Horse-8'

export const passwordsByGraphql: Play = async ({ ask, as, root, anonymous, user, account, giveRootPassword }) => {
  await as(root).ask('createUser', { userName: 'Pat' }, { select: '{ user { id } }' })
  await ask('passwordPolicy', {})
  await ask('deleteAccountPasswordPolicy', {})
  await ask('updateAccountPasswordPolicy', { minimumPasswordLength: 10, requireNumbers: true, maxPasswordAge: 30 })
  await ask('updateAccountPasswordPolicy', { minimumPasswordLength: 3 })
  await ask('updateAccountPasswordPolicy', { minimumPasswordLength: 8, allowUsersToChangePassword: true })
  await ask('passwordPolicy', {})
  await ask('createLoginProfile', { userName: 'Pat', password: PASSWORD, passwordResetRequired: true })
  await ask('createLoginProfile', { userName: 'Pat', password: PASSWORD })
  await ask('createLoginProfile', { userName: 'Nobody', password: 'short' })
  await ask('createLoginProfile', { userName: 'Nobody', password: 'password1234' })
  await ask('createLoginProfile', { userName: 'Nobody-there', password: PASSWORD })
  await ask('loginProfile', { userName: 'Pat' })
  await ask('loginProfile', {})
  await ask('loginProfile', { userName: 'Nobody-there' })
  await ask('updateLoginProfile', { userName: 'Pat', passwordResetRequired: false })
  await ask('updateLoginProfile', { userName: 'Pat', password: 'short' })
  await ask('updateLoginProfile', { userName: 'Nobody', password: ANOTHER })
  const self = await user('Self', [{ action: 'iam:ChangePassword' }], { password: true })
  await ask('changePassword', { oldPassword: PASSWORD, newPassword: ANOTHER })
  await as(self).ask('changePassword', { oldPassword: 'Wrong-Horse-9', newPassword: ANOTHER })
  await as(self).ask('changePassword', { oldPassword: PASSWORD, newPassword: 'short' })
  await as(self).ask('changePassword', { oldPassword: PASSWORD, newPassword: ANOTHER })
  await ask('unusedPasswords', { days: 0 })
  await ask('unusedPasswords', { days: 30 })
  await ask('deleteLoginProfile', { userName: 'Pat' })
  await ask('deleteLoginProfile', { userName: 'Pat' })
  await ask('deleteAccountPasswordPolicy', {})
  await ask('passwordPolicy', {})
  await ask('auditEvents', { filter: { result: 'FAILURE' }, first: 3 }, { deep: 4 })
  const email = `new@${account.accountId}.example`
  await ask('updateRootEmail', { email, password: PASSWORD })
  await as(root).ask('updateRootEmail', { email, password: PASSWORD })
  await as(root).ask('createLoginProfile', { password: PASSWORD })
  await giveRootPassword()
  const signedIn = await as(anonymous).ask('signIn', {
    rootEmail: `root@${account.accountId}.example`,
    password: PASSWORD,
  })
  const session = { name: 'the session of root', accessToken: signedIn.text('accessToken') }
  await as(session).ask('updateRootEmail', { email: 'no address', password: PASSWORD })
  await as(session).ask('updateRootEmail', { email, password: 'Wrong-Horse-9' })
  await as(session).ask('updateRootEmail', { email, password: PASSWORD })
  await as(session).ask('viewer', {})
  await as(session).ask('changePassword', { oldPassword: PASSWORD, newPassword: ANOTHER })
}

export const passwordsByAws: Play = async ({ call, as, root, user }) => {
  await as(root).call('CreateUser', { UserName: 'Pat' })
  await call('GetAccountPasswordPolicy')
  await call('UpdateAccountPasswordPolicy', { MinimumPasswordLength: '10', RequireNumbers: 'true', HardExpiry: 'TRUE' })
  await call('UpdateAccountPasswordPolicy', { MinimumPasswordLength: '3', MaxPasswordAge: '5000' })
  await call('UpdateAccountPasswordPolicy', { RequireSymbols: 'yes' })
  await call('GetAccountPasswordPolicy')
  await call('DeleteAccountPasswordPolicy')
  await call('DeleteAccountPasswordPolicy')
  await call('CreateLoginProfile', { UserName: 'Pat', Password: PASSWORD, PasswordResetRequired: 'true' })
  await call('CreateLoginProfile', { UserName: 'Pat', Password: PASSWORD })
  await call('CreateLoginProfile', { UserName: 'Nobody', Password: 'short' })
  await call('GetLoginProfile', { UserName: 'Pat' })
  await call('GetLoginProfile')
  await call('UpdateLoginProfile', { UserName: 'Pat', PasswordResetRequired: 'false' })
  await call('UpdateLoginProfile', { UserName: 'Nobody', Password: ANOTHER })
  const self = await user('Self', [{ action: 'iam:ChangePassword' }], { password: true })
  await call('ChangePassword', { OldPassword: PASSWORD, NewPassword: ANOTHER })
  await as(self).call('ChangePassword', { OldPassword: 'Wrong-Horse-9', NewPassword: ANOTHER })
  await as(self).call('ChangePassword', { OldPassword: PASSWORD, NewPassword: ANOTHER })
  await call('DeleteLoginProfile', { UserName: 'Pat' })
  await call('DeleteLoginProfile', { UserName: 'Pat' })
}
