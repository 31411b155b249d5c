import { principalOrPolicy } from '../../access/declaration.ts'
import { generateServiceLastAccessedDetails } from '../../iam/service-access/generate-report.ts'
import { GRANULARITIES } from '../../iam/service-access/report.ts'
import { builder } from '../builder.ts'
import { mutation } from '../operation.ts'

export const AccessGranularity = builder.enumType('AccessGranularity', {
  description: 'Whether a report about last access tells of services alone, or also of the actions of each.',
  values: GRANULARITIES,
})

mutation('generateServiceLastAccessedDetails', {
  description:
    'Makes a report about when a user, group, role or managed policy was last used for the services that it has permissions for. The report is complete at once, and its maker can read it for a day.',
  input: (t) => ({
    arn: t.field({
      type: 'ARN',
      required: true,
      description: 'ARN of a user, a group, a role or a managed policy.',
    }),
    granularity: t.field({
      type: AccessGranularity,
      description: 'Whether the report tells of actions as well. Left out or null: of services alone.',
    }),
  }),
  needs: { action: 'iam:GenerateServiceLastAccessedDetails', on: ({ arn }) => principalOrPolicy(arn) },
  run: generateServiceLastAccessedDetails,
  answer: (t) => ({
    jobId: t.exposeID('jobId', {
      description: 'What the report is read by, with `serviceLastAccessedDetails`: a UUID.',
    }),
  }),
})
