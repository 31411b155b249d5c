import { test } from 'vitest'
import { usePortal } from './support/portal.ts'
const portal = usePortal()
const wait = (ms: number) => new Promise((r) => setTimeout(r, ms))
test('shots', async () => {
  await portal.createPerson({
    name: 'minsu',
    policies: { ALL: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
  })
  const addresses = (process.env.SHOTS ?? '/security-credentials').split(',')
  const first = await portal.openAs('minsu', '/dashboard')
  await wait(500)
  await portal
    .asRoot(
      'mutation { createAccessKey(input: { userName: "minsu" }) { __typename } deleteUser(input: { userName: "minsu" }) { __typename } }',
    )
    .catch(() => {})
  await portal.asRoot('mutation { generateCredentialReport { state } }').catch(() => {})
  for (const address of addresses)
    for (const [width, lang, scheme] of [
      [1440, 'en-US', 'light'],
      [390, 'ko-KR', 'dark'],
    ] as const) {
      const page = await portal.openAs('minsu', address, {
        locale: lang,
        colorScheme: scheme,
        viewport: { width, height: 900 },
      })
      await wait(2500)
      await page.screenshot({ path: `/tmp/shots/${address.replaceAll(/\W/g, '_')}-${width}.png`, fullPage: true })
      const wide = await page.evaluate('document.documentElement.scrollWidth')
      console.log(address, width, 'scrollWidth', wide)
    }
  await first.close()
}, 120_000)
