/**
 * A small form on GraphiQL's page, so that nobody has to type a password into the editor, which keeps what is typed in the
 * browser's storage. It uses the same mutation as everybody; the session is in the cookie that scripts cannot read.
 */
export const SIGN_IN_FORM = `
<style>
  #lk { position: fixed; top: 14px; right: 150px; z-index: 20; font: 14px/1.4 system-ui, sans-serif; color: #1b2434 }
  #lk summary { cursor: pointer; padding: 4px 10px; border-radius: 6px; background: #fff; border: 1px solid #b6becb; list-style: none }
  #lk summary::-webkit-details-marker { display: none }
  #lk form { position: absolute; right: 0; margin-top: 6px; width: 290px; padding: 14px; display: grid; gap: 8px; background: #fff;
             border: 1px solid #b6becb; border-radius: 8px; box-shadow: 0 6px 24px #0002 }
  #lk label { display: grid; gap: 2px } #lk [hidden] { display: none }
  #lk input { font: inherit; padding: 5px 7px; border: 1px solid #7b8698; border-radius: 5px }
  #lk button { font: inherit; padding: 6px; border: 0; border-radius: 6px; background: #1b4dd6; color: #fff; cursor: pointer }
  #lk p { margin: 0 } #lk [role=alert] { color: #b00020 }
</style>
<details id="lk">
  <summary id="lk-who" aria-live="polite">Sign in</summary>
  <form id="lk-in" autocomplete="on">
    <label>Account id or alias, or the root e-mail address <input name="account" autocomplete="organization" required></label>
    <label id="lk-user">User name <input name="userName" autocomplete="username"></label>
    <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
    <label id="lk-code" hidden>MFA code, or a recovery code <input name="mfaCode" autocomplete="one-time-code" maxlength="19"></label>
    <p role="alert"></p>
    <button>Sign in</button>
  </form>
  <form id="lk-out" hidden><button>Sign out</button></form>
</details>
<script>
(() => {
  const at = (id) => document.getElementById(id)
  const who = at('lk-who'), signIn = at('lk-in'), signOut = at('lk-out'), userField = at('lk-user'), codeField = at('lk-code')
  const says = signIn.querySelector('[role=alert]')
  const ask = async (query, variables) => {
    const answer = await fetch(location.pathname, {
      method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }),
    })
    return answer.json()
  }
  const show = (arn) => {
    who.textContent = arn || 'Sign in'
    signIn.hidden = Boolean(arn)
    signOut.hidden = !arn
  }
  signIn.account.addEventListener('input', () => { userField.hidden = signIn.account.value.includes('@') })
  signIn.addEventListener('submit', async (event) => {
    event.preventDefault()
    const { account, userName, password, mfaCode } = Object.fromEntries(new FormData(signIn))
    const person = account.includes('@') ? { rootEmail: account } : { account, userName }
    const input = { ...person, password, ...(mfaCode && { mfaCode }) }
    says.textContent = ''
    try {
      const { data, errors } = await ask('mutation SignIn($input: SignInInput!) { signIn(input: $input) { passwordChangeRequired recoveryCodesLeft viewer { arn } } }', { input })
      if (data && data.signIn) {
        signIn.reset()
        codeField.hidden = true
        const left = data.signIn.recoveryCodesLeft
        const used = left === null ? '' : ' (a recovery code was used, ' + left + ' left)'
        show(data.signIn.viewer.arn + used + (data.signIn.passwordChangeRequired ? ' (change your password first)' : ''))
        at('lk').open = false
      } else {
        codeField.hidden = !(errors[0].extensions || {}).mfaCodeRequired && codeField.hidden
        says.textContent = errors[0].message
        if (!codeField.hidden) signIn.mfaCode.focus()
      }
    } catch { says.textContent = 'The server does not answer.' }
  })
  signOut.addEventListener('submit', async (event) => {
    event.preventDefault()
    await ask('mutation SignOut { signOut { signedOut } }').catch(() => undefined)
    show(null)
  })
  ask('query WhoAmI { viewer { arn } }').then(({ data }) => show(data && data.viewer.arn), () => undefined)
})()
</script>
`
