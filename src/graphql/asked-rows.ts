import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type FieldNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { QUOTAS } from '../iam/quotas.ts'

/** Rows of a page whose size nobody says. */
const DEFAULT_PAGE = 100
/** Of a short list: as many as most have at most. What has more is counted when it is returned. */
const SHORT_LIST = 10

/** Lists that a quota bounds, below the size of their pages. A tag is a tenth of a row: two short texts. */
const MOST_ROWS: Readonly<Record<string, number>> = {
  'User.accessKeys': QUOTAS.AccessKeysPerUser.limit,
  'User.groups': QUOTAS.GroupsPerUser.limit,
  'User.attachedPolicies': QUOTAS.PoliciesPerUser.limit,
  'User.mfaDevices': QUOTAS.MFADevicesPerUser.limit,
  'Group.attachedPolicies': QUOTAS.PoliciesPerGroup.limit,
  'Role.attachedPolicies': QUOTAS.PoliciesPerRole.limit,
  'Policy.versions': QUOTAS.VersionsPerPolicy.limit,
  'ManagedPolicyDetail.policyVersionList': QUOTAS.VersionsPerPolicy.limit,
}
const TAGS = QUOTAS.TagsPerUser.limit / 10

type Counted = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>

/** Rows below each fragment, for one execution: however often it is spread, it is visited once. */
const seen = new WeakMap<object, Map<string, number>>()

/**
 * How many rows a root field asks for at most: the size of each list times that of the lists around it. Fragments are visited
 * once, so that a chain of them which doubles at each level costs no more than its text; its number may well be Infinity.
 */
export function askedRows(info: Pick<GraphQLResolveInfo, 'parentType' | 'fieldNodes'> & Counted): number {
  return info.fieldNodes.reduce((rows, node) => rows + ofField(node, info.parentType, info), 0)
}

function ofSelections({ selections }: SelectionSetNode, type: GraphQLNamedType, info: Counted): number {
  let rows = 0
  for (const selection of selections) {
    if (!isIncluded(selection, info)) continue
    if (selection.kind === Kind.FIELD) rows += ofField(selection, type, info)
    else if (selection.kind === Kind.FRAGMENT_SPREAD) rows += ofFragment(selection.name.value, info)
    else {
      const name = selection.typeCondition?.name.value
      rows += ofSelections(
        selection.selectionSet,
        (name === undefined ? null : info.schema.getType(name)) ?? type,
        info,
      )
    }
  }
  return rows
}

function ofFragment(name: string, info: Counted): number {
  const known = seen.get(info.variableValues) ?? new Map<string, number>()
  seen.set(info.variableValues, known)
  const found = known.get(name)
  if (found !== undefined) return found
  // Validation refuses circles; should one come here, it ends.
  known.set(name, 0)
  const fragment = info.fragments[name]
  const type = fragment && info.schema.getType(fragment.typeCondition.name.value)
  const rows = fragment && type ? ofSelections(fragment.selectionSet, type, info) : 0
  known.set(name, rows)
  return rows
}

function ofField(node: FieldNode, parent: GraphQLNamedType, info: Counted): number {
  if (node.selectionSet === undefined || !(isObjectType(parent) || isInterfaceType(parent))) return 0
  const field = parent.getFields()[node.name.value]
  if (field === undefined) return 0
  const type = getNamedType(field.type)
  const below = ofSelections(node.selectionSet, type, info)
  const size = listSize(field, parent, node, info)
  // No rows of nothing: Infinity × 0 is no number.
  return size === null ? below : size + (below === 0 ? 0 : size * below)
}

/** How many rows a field has at most; null for what is no list. */
function listSize(
  field: GraphQLField<unknown, unknown>,
  parent: GraphQLNamedType,
  node: FieldNode,
  info: Counted,
): number | null {
  if (!isListOfRows(field)) return null
  const most = MOST_ROWS[`${parent.name}.${field.name}`]
  if (!isConnection(getNamedType(field.type)))
    return most ?? (getNamedType(field.type).name === 'Tag' ? TAGS : SHORT_LIST)
  return Math.min(pageSize(field, node, info), most ?? Number.POSITIVE_INFINITY)
}

function pageSize(field: GraphQLField<unknown, unknown>, node: FieldNode, info: Counted): number {
  try {
    const { first, last } = getArgumentValues(field, node, info.variableValues)
    const size = first ?? last ?? DEFAULT_PAGE
    return typeof size === 'number' ? Math.max(0, size) : DEFAULT_PAGE
  } catch {
    // The field itself says what is wrong with its arguments.
    return 0
  }
}

function isIncluded(node: SelectionNode, { variableValues }: Counted): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if === true) return false
  return getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if !== false
}

/** A connection, or a list of objects that is not the inside of one. */
export function isListOfRows({ name, type }: Pick<GraphQLField<unknown, unknown>, 'name' | 'type'>): boolean {
  const named = getNamedType(type)
  return isConnection(named) || (isListType(getNullableType(type)) && isCompositeType(named) && name !== 'edges')
}

function isConnection(type: GraphQLNamedType): boolean {
  return isObjectType(type) && type.name.endsWith('Connection') && 'edges' in type.getFields()
}
