import { serverAudits } from 'graphql-http'
import { expect, test } from 'vitest'
import { serveApplication } from './serve-application.ts'

test('the endpoint passes every audit of the GraphQL-over-HTTP specification', async () => {
  const { url } = await serveApplication()
  const audits = serverAudits({ url: `${url}/graphql` })
  const results = await Promise.all(audits.map(async (audit) => ({ name: audit.name, result: await audit.fn() })))
  const failed = results.filter(({ result }) => result.status !== 'ok')
  expect(failed.map(({ name, result }) => `${name}: ${'reason' in result ? result.reason : ''}`)).toEqual([])
  expect(results).toHaveLength(61)
})
