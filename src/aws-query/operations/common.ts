import { ROOT_USER_NAME } from '../../authn/root-user.ts'
import { at, given, list, named, type Output, plain, structure } from '../output.ts'

/** What a document selects of a connection. */
export const connection = (node: string): string => `edges { node { ${node} } } pageInfo { hasNextPage endCursor }`

export const TAG = structure({ Key: at('key'), Value: at('value') })

/** Create actions repeat the tags that they were given. */
export const GIVEN_TAGS = given('Tags', list(structure({ Key: at('Key'), Value: at('Value') })))

/** AWS answers with `Policy`, although the enumeration of its model says `PermissionsBoundaryPolicy`. */
export function boundary(arn: Output): Output {
  return structure({ PermissionsBoundaryType: () => 'Policy', PermissionsBoundaryArn: arn })
}

export const BOUNDARY = at('permissionsBoundary', boundary(at('arn')))
export const GIVEN_BOUNDARY = given('PermissionsBoundary', boundary(plain))

/** The root user has no name. */
export const userName: Output = (value, asked) => (value === ROOT_USER_NAME ? undefined : plain(value, asked))

/** Tags, where AWS leaves an empty list out. */
export const TAGS_IF_ANY: Output = (value, asked) =>
  Array.isArray(value) && value.length > 0 ? list(TAG)(value, asked) : undefined

export const ATTACHED_POLICY = structure({ PolicyName: at('policyName'), PolicyArn: at('policyArn') })

export const CREDENTIAL_STATUS = named({ ACTIVE: 'Active', INACTIVE: 'Inactive' })
