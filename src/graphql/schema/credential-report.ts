import { everything } from '../../access/declaration.ts'
import { generateCredentialReport } from '../../iam/reports/generate-credential-report.ts'
import { builder } from '../builder.ts'
import { mutation } from '../operation.ts'

interface Report {
  content: string
  generatedAt: Date
}

const CredentialReport = builder.objectRef<Report>('CredentialReport').implement({
  description: 'A table of all users of the account with the state of their passwords, access keys and MFA devices.',
  fields: (t) => ({
    content: t.exposeString('content', {
      description: 'The table as CSV: a header of 22 columns, the root user, then the IAM users.',
    }),
    reportFormat: t.string({ description: 'Always `text/csv`.', resolve: () => 'text/csv' }),
    generatedAt: t.expose('generatedAt', { type: 'DateTime', description: 'When the report was made.' }),
  }),
})

const CredentialReportState = builder.enumType('CredentialReportState', {
  description: 'How far a credential report is.',
  values: {
    STARTED: { description: 'This call began the report.' },
    INPROGRESS: { description: 'An earlier call began the report, and it is being made.' },
    COMPLETE: { description: 'The report is there: `credentialReport` returns it.' },
  } as const,
})

builder.queryField('credentialReport', (t) =>
  t.field({
    type: CredentialReport,
    nullable: true,
    description:
      'The last credential report, which `generateCredentialReport` made. Errors: ReportNotPresent, ReportInProgress, and ReportExpired when it is four hours old.',
    access: { action: 'iam:GetCredentialReport', resource: () => everything() },
    resolve: (_parent, _args, { db, credentialReports, principal }) => credentialReports.read(db, principal.accountId),
  }),
)

mutation('generateCredentialReport', {
  description: 'Begins a credential report, unless one is being made or the last one is younger than four hours.',
  needs: { action: 'iam:GenerateCredentialReport', on: () => everything() },
  run: generateCredentialReport,
  answer: (t) => ({
    state: t.expose('state', { type: CredentialReportState }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'What the state means, in words; null when there is nothing to say.',
    }),
  }),
})
