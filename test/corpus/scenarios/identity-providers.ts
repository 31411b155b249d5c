import { ISSUER, tokenOf } from '../identity-provider.ts'
import { type Play, type Stage, WIDER } from '../stage.ts'

/** What stands in a trust policy for tokens of the provider. */
function trustIn(providerArn: string): string {
  const Condition = { StringEquals: { 'idp.example.com/realms/staff:aud': 'portal' } }
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: providerArn },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition,
    },
  })
}

/** A token that is good now, but for the changes; a recording calls it one. */
function token({ clock, standIns }: Stage, changes?: object): string {
  const value = tokenOf(clock(), changes)
  standIns.call('identity token', value)
  return value
}

export const identityProvidersByGraphql: Play = async (stage) => {
  const { ask, as, root, anonymous, arn } = stage
  const openIdConnectProviderArn = arn('oidc-provider/idp.example.com/realms/staff')
  const provider = { openIdConnectProviderArn }
  const tags = [{ key: 'Team', value: 'red' }]
  await ask('createOpenIdConnectProvider', { url: ISSUER, clientIdList: ['portal'], tags })
  await ask('createOpenIdConnectProvider', { url: ISSUER })
  await ask('createOpenIdConnectProvider', { url: 'http://idp.example.com' })
  await ask('createOpenIdConnectProvider', { url: 'https://other.example.com', thumbprintList: ['short'] })
  await ask('openIdConnectProvider', { arn: openIdConnectProviderArn })
  await ask('openIdConnectProvider', { arn: arn('oidc-provider/none.example.com') })
  await ask('openIdConnectProviders', {})
  await ask('addClientIdToOpenIdConnectProvider', { ...provider, clientId: 'bot' })
  await ask('addClientIdToOpenIdConnectProvider', { ...provider, clientId: '' })
  await ask('removeClientIdFromOpenIdConnectProvider', { ...provider, clientId: 'bot' })
  await ask('updateOpenIdConnectProviderThumbprint', { ...provider, thumbprintList: ['0f'.repeat(20)] })
  await ask('tagOpenIdConnectProvider', { ...provider, tags: [{ key: 'team', value: 'blue' }] })
  await ask('openIdConnectProviderTags', { arn: openIdConnectProviderArn })
  await ask('untagOpenIdConnectProvider', { ...provider, tagKeys: ['team', 'Team'] })

  const role = { roleName: 'Portal', assumeRolePolicyDocument: trustIn(openIdConnectProviderArn) }
  await as(root).ask('createRole', role, { select: '{ role { arn } }' })
  await as(root).ask(
    'putRolePolicy',
    { roleName: 'Portal', policyName: 'p', policyDocument: WIDER },
    { select: '{ role { arn } }' },
  )
  const session = { roleArn: arn('role/Portal'), roleSessionName: 'jane' }
  const opened = await as(anonymous).ask('assumeRoleWithWebIdentity', { ...session, webIdentityToken: token(stage) })
  await as({ name: 'Jane', accessToken: opened.text('accessToken') }).ask('viewer', {})
  for (const changes of [{ aud: 'elsewhere' }, { exp: 1 }, { iss: 'https://evil.example.com' }, { sub: undefined }])
    await as(anonymous).ask('assumeRoleWithWebIdentity', { ...session, webIdentityToken: token(stage, changes) })
  await as(anonymous).ask('assumeRoleWithWebIdentity', { ...session, webIdentityToken: 'a.web.token' })
  await as(anonymous).ask('assumeRoleWithWebIdentity', {
    ...session,
    roleArn: arn('role/None'),
    webIdentityToken: token(stage),
  })
  await ask('deleteOpenIdConnectProvider', provider)
  await ask('deleteOpenIdConnectProvider', provider)
  await as(anonymous).ask('assumeRoleWithWebIdentity', { ...session, webIdentityToken: token(stage) })
}

export const identityProvidersByAws: Play = async (stage) => {
  const { call, as, root, anonymous, arn } = stage
  const OpenIDConnectProviderArn = arn('oidc-provider/idp.example.com/realms/staff')
  const provider = { OpenIDConnectProviderArn }
  const Tags = [{ Key: 'Team', Value: 'red' }]
  await call('CreateOpenIDConnectProvider', { Url: ISSUER, ClientIDList: ['portal'], Tags })
  await call('CreateOpenIDConnectProvider', { Url: ISSUER })
  await call('CreateOpenIDConnectProvider', { Url: 'nowhere' })
  await call('GetOpenIDConnectProvider', provider)
  await call('GetOpenIDConnectProvider', { OpenIDConnectProviderArn: arn('oidc-provider/none.example.com') })
  await call('ListOpenIDConnectProviders')
  await call('AddClientIDToOpenIDConnectProvider', { ...provider, ClientID: 'bot' })
  await call('RemoveClientIDFromOpenIDConnectProvider', { ...provider, ClientID: 'bot' })
  await call('UpdateOpenIDConnectProviderThumbprint', { ...provider, ThumbprintList: ['0f'.repeat(20)] })
  await call('TagOpenIDConnectProvider', { ...provider, Tags: [{ Key: 'team', Value: 'blue' }] })
  await call('ListOpenIDConnectProviderTags', provider)
  const tags = await call('ListOpenIDConnectProviderTags', { ...provider, MaxItems: '1' })
  await call('ListOpenIDConnectProviderTags', { ...provider, Marker: tags.text('Marker') })
  await call('UntagOpenIDConnectProvider', { ...provider, TagKeys: ['team', 'Team'] })

  await as(root).call('CreateRole', { RoleName: 'Portal', AssumeRolePolicyDocument: trustIn(OpenIDConnectProviderArn) })
  const session = { RoleArn: arn('role/Portal'), RoleSessionName: 'jane' }
  const opened = await as(anonymous).call('sts:AssumeRoleWithWebIdentity', {
    ...session,
    WebIdentityToken: token(stage),
  })
  const jane = {
    name: 'Jane',
    accessKeyId: opened.text('AccessKeyId'),
    secretAccessKey: opened.text('SecretAccessKey'),
    sessionToken: opened.text('SessionToken'),
  }
  await as(jane).call('sts:GetCallerIdentity')
  await as(jane).call('ListUsers')
  for (const changes of [{ aud: 'elsewhere' }, { exp: 1 }, { iss: 'https://evil.example.com' }])
    await as(anonymous).call('sts:AssumeRoleWithWebIdentity', { ...session, WebIdentityToken: token(stage, changes) })
  await as(anonymous).call('sts:AssumeRoleWithWebIdentity', session)
  await call('DeleteOpenIDConnectProvider', provider)
  await call('DeleteOpenIDConnectProvider', provider)
}
