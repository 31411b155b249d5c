import type { AwsRow } from '../operation.ts'
import { at, list, structure } from '../output.ts'
import { required, text } from '../parameters.ts'
import { WHOLE_ROLE, WHOLE_ROLE_FIELDS } from './roles.ts'

export const SERVICE_LINKED_ROLES: readonly AwsRow[] = [
  {
    name: 'CreateServiceLinkedRole',
    selects: WHOLE_ROLE_FIELDS,
    parameters: { Description: text('roleDescription') },
    result: { Role: WHOLE_ROLE },
  },
  {
    name: 'DeleteServiceLinkedRole',
    selects: 'deletionTaskId',
    result: { DeletionTaskId: at('deletionTaskId') },
  },
  {
    name: 'GetServiceLinkedRoleDeletionStatus',
    document: `query ($deletionTaskId: String!) {
      serviceLinkedRoleDeletion(deletionTaskId: $deletionTaskId) {
        status failure { reason usages { region resources } }
      }
    }`,
    parameters: { DeletionTaskId: required(text('deletionTaskId')) },
    result: {
      Status: at('status'),
      Reason: at(
        'failure',
        structure({
          Reason: at('reason'),
          RoleUsageList: at('usages', list(structure({ Region: at('region'), Resources: at('resources', list()) }))),
        }),
      ),
    },
  },
]
