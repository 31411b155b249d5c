import { issue } from '../support/issued-certificates.ts'
import type { FieldCase, Need, NestedCase } from './guarded-fields.ts'
import type { World } from '../support/world.ts'

type Input = Readonly<Record<string, unknown>>

const tags = [{ key: 'cost', value: '7' }]
const { certificate: certificateBody, key: privateKey } = issue({ name: 'new.example.com' })

function onCertificate(world: World, action: string, name: string, path = '/', shownPath = '/'): Need {
  const shown = world.arn(`server-certificate${shownPath}${name}`)
  const on = world.arn(`server-certificate${path}${name}`)
  return { action, on, display: `server certificate ${name}`, shown }
}

const onFront = (world: World, action: string) => onCertificate(world, action, 'Front', '/web/')

function onArn(action: string, arn: string): Need {
  return { action, on: arn, display: arn, shown: arn }
}

function mutation(name: string, input: Input) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  return {
    query: `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
    variables: { input },
    finds: `${name}.__typename`,
  }
}

/** A mutation about a server certificate by name that needs one action on it. */
function aboutCertificate(name: string, action: string, input: Input = {}): FieldCase {
  const about = (serverCertificateName: string) => mutation(name, { serverCertificateName, ...input })
  return {
    field: `Mutation.${name}`,
    ask: (world) => ({ ...about('Front'), needs: [onFront(world, action)] }),
    askAboutNothing: (world) => ({ ...about('Missing'), needs: [onCertificate(world, action, 'Missing')] }),
  }
}

/** A read of a server certificate by name that needs one action on it. */
function read(field: string, action: string, query: (name: string) => string, finds: string): FieldCase {
  return {
    field: `Query.${field}`,
    ask: (world) => ({ query: query('Front'), needs: [onFront(world, action)], finds }),
    askAboutNothing: (world) => ({
      query: query('Missing'),
      needs: [onCertificate(world, action, 'Missing')],
      finds,
    }),
  }
}

const byId = (world: World, id: string) => ({
  query: 'query ($id: ID!) { node(id: $id) { __typename id } }',
  variables: { id: world.globalId('ServerCertificate', id) },
  needs: [onArn('iam:ListServerCertificates', world.arn('server-certificate/'))],
  finds: 'node.id',
})

const upload = { serverCertificateName: 'New', path: '/web/', certificateBody, privateKey }

export const SERVER_CERTIFICATE_FIELDS: readonly FieldCase[] = [
  read(
    'serverCertificate',
    'iam:GetServerCertificate',
    (name) => `{ serverCertificate(name: "${name}") { name certificateBody } }`,
    'serverCertificate.certificateBody',
  ),
  read(
    'serverCertificateTags',
    'iam:ListServerCertificateTags',
    (name) => `{ serverCertificateTags(serverCertificateName: "${name}") { value } }`,
    'serverCertificateTags.0.value',
  ),
  {
    field: 'Query.serverCertificates',
    ask: (world) => ({
      query: '{ serverCertificates { edges { node { name } } } }',
      needs: [onArn('iam:ListServerCertificates', world.arn('server-certificate/'))],
      finds: 'serverCertificates.edges.0.node.name',
    }),
  },
  {
    field: 'Query.node',
    way: 'ServerCertificate by ListServerCertificates',
    ask: (world) => byId(world, world.front.id),
    askAboutNothing: (world) => byId(world, 'NOBODYHASTHISID'),
  },
  {
    field: 'Mutation.uploadServerCertificate',
    ask: (world) => ({
      ...mutation('uploadServerCertificate', upload),
      needs: [onArn('iam:UploadServerCertificate', world.arn('server-certificate/web/New'))],
    }),
  },
  {
    field: 'Mutation.uploadServerCertificate',
    way: 'with tags',
    ask: (world) => ({
      ...mutation('uploadServerCertificate', { ...upload, tags }),
      needs: ['iam:UploadServerCertificate', 'iam:TagServerCertificate'].map((action) =>
        onArn(action, world.arn('server-certificate/web/New')),
      ),
    }),
  },
  {
    field: 'Mutation.updateServerCertificate',
    ask: (world) => ({
      ...mutation('updateServerCertificate', {
        serverCertificateName: 'Front',
        newServerCertificateName: 'Back',
        newPath: '/moved/',
      }),
      needs: [
        onFront(world, 'iam:UpdateServerCertificate'),
        onCertificate(world, 'iam:UpdateServerCertificate', 'Back', '/moved/', '/moved/'),
      ],
    }),
    askAboutNothing: (world) => ({
      ...mutation('updateServerCertificate', { serverCertificateName: 'Missing', newServerCertificateName: 'Back' }),
      needs: ['Missing', 'Back'].map((name) => onCertificate(world, 'iam:UpdateServerCertificate', name)),
    }),
  },
  aboutCertificate('deleteServerCertificate', 'iam:DeleteServerCertificate'),
  aboutCertificate('tagServerCertificate', 'iam:TagServerCertificate', { tags }),
  aboutCertificate('untagServerCertificate', 'iam:UntagServerCertificate', { tagKeys: ['team'] }),
]

/** What a listed certificate shows to whoever may read it. */
function shown(field: string, action: string, selection: string, more: Partial<NestedCase> = {}): NestedCase {
  return {
    field: `ServerCertificate.${field}`,
    ...more,
    ask: (world) => ({
      query: `{ serverCertificates(pathPrefix: "/web") { edges { node { name ${selection} } } } }`,
      parents: [onArn('iam:ListServerCertificates', world.arn('server-certificate/web'))],
      need: { action, on: world.front.arn, display: 'server certificate Front', shown: world.front.arn },
      path: `serverCertificates.edges.0.node.${field}`,
      sibling: 'serverCertificates.edges.0.node.name',
    }),
  }
}

export const SERVER_CERTIFICATE_NESTED: readonly NestedCase[] = [
  shown('certificateBody', 'iam:GetServerCertificate', 'certificateBody'),
  shown('certificateChain', 'iam:GetServerCertificate', 'certificateChain'),
  shown('tags', 'iam:ListServerCertificateTags', 'tags { key }', {
    way: 'by iam:ListServerCertificateTags',
    reads: '"server_certificate_tag"',
  }),
  shown('tags', 'iam:GetServerCertificate', 'tags { key }', {
    way: 'by iam:GetServerCertificate',
    reads: '"server_certificate_tag"',
    blames: 'iam:ListServerCertificateTags',
  }),
]
