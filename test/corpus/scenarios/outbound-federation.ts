import type { Play } from '../stage.ts'

const AUDIENCE = 'https://api.example.com'

export const outboundFederationByGraphql: Play = async ({ ask, as, root, nobody }) => {
  await as(root).ask('outboundWebIdentityFederation', {})
  await ask('disableOutboundWebIdentityFederation', {})
  await ask('getWebIdentityToken', { audience: [AUDIENCE], signingAlgorithm: 'ES384' })
  await ask('enableOutboundWebIdentityFederation', {})
  await ask('enableOutboundWebIdentityFederation', {})
  await ask('outboundWebIdentityFederation', {})
  await ask('getWebIdentityToken', { audience: [AUDIENCE], signingAlgorithm: 'ES384' })
  await ask('getWebIdentityToken', {
    audience: [AUDIENCE, 'other'],
    durationSeconds: 60,
    signingAlgorithm: 'RS256',
    tags: [{ key: 'job', value: '7' }],
  })
  await ask('getWebIdentityToken', { audience: [], durationSeconds: 3601, signingAlgorithm: 'ES384' })
  await as(root).ask('getWebIdentityToken', { audience: [AUDIENCE], signingAlgorithm: 'ES384' })
  await as(nobody).ask('getWebIdentityToken', { audience: [AUDIENCE], signingAlgorithm: 'ES384' })
  await ask('disableOutboundWebIdentityFederation', {})
  await ask('outboundWebIdentityFederation', {})
}

export const outboundFederationByAws: Play = async ({ call, as, root, nobody }) => {
  await call('GetOutboundWebIdentityFederationInfo')
  await call('DisableOutboundWebIdentityFederation')
  const token = { Audience: [AUDIENCE], SigningAlgorithm: 'ES384' }
  await call('sts:GetWebIdentityToken', token)
  await call('EnableOutboundWebIdentityFederation')
  await call('EnableOutboundWebIdentityFederation')
  await call('GetOutboundWebIdentityFederationInfo')
  await call('sts:GetWebIdentityToken', token)
  const tags = [{ Key: 'job', Value: '7' }]
  await call('sts:GetWebIdentityToken', { ...token, DurationSeconds: '60', SigningAlgorithm: 'RS256', Tags: tags })
  await call('sts:GetWebIdentityToken', { ...token, DurationSeconds: '59', SigningAlgorithm: 'HS256' })
  await call('sts:GetWebIdentityToken')
  await as(root).call('sts:GetWebIdentityToken', token)
  await as(nobody).call('sts:GetWebIdentityToken', token)
  await call('DisableOutboundWebIdentityFederation')
}
