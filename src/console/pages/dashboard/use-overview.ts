import { useMemo, useState } from 'react'
import { useCan } from '../../access/use-can.ts'
import type { ApiError } from '../../api/api-error.ts'
import { useQuery } from '../../api/use-query.ts'
import { reportRows } from '../credential-report/report-rows.ts'
import {
  DashboardAccountDocument,
  type DashboardAccountQuery,
  DashboardDenialsDocument,
  type DashboardDenialsQuery,
  DashboardReportDocument,
  DashboardSignaturesDocument,
  type DashboardSignaturesQuery,
  DashboardUnusedKeysDocument,
  type DashboardUnusedKeysQuery,
} from './documents.generated.ts'
import { findingsOf, OLD_DAYS, type ReportFindings } from './findings.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const WITHOUT_REPORT = new Set(['ReportNotPresent', 'ReportInProgress', 'ReportExpired'])

interface Found<Node> {
  readonly nodes: readonly Node[]
  /** Whether there are more than were asked for. */
  readonly more: boolean
}

type NodeOf<Connection extends { readonly edges: readonly { readonly node: unknown }[] }> =
  Connection['edges'][number]['node']

/** Null wherever it is not known yet, or the person may not know. */
export interface Overview {
  readonly account: DashboardAccountQuery['account']
  readonly findings: ReportFindings | null
  readonly withoutReport: boolean
  readonly unusedKeys: Found<NodeOf<NonNullable<DashboardUnusedKeysQuery['unusedAccessKeys']>>> | null
  readonly denials: Found<NodeOf<NonNullable<DashboardDenialsQuery['auditEvents']>>> | null
  readonly signatures: DashboardSignaturesQuery['failedSignatures']
  readonly errors: readonly ApiError[]
  /** The person may know nothing of all this. */
  readonly blind: boolean
}

/** Asks for what the person may see, and for nothing else: each refusal would be in the audit trail. */
export function useOverview(): Overview {
  const [now] = useState(() => new Date())
  const permissions = useCan(
    (['iam:GetAccountSummary', 'iam:GetCredentialReport', 'cloudtrail:LookupEvents'] as const).map((action) => ({
      action,
      resource: '*',
    })),
  )
  const [summary, report, events] = permissions
  const account = useQuery(DashboardAccountDocument, summary?.allowed ? {} : null)
  const content = useQuery(DashboardReportDocument, report?.allowed ? {} : null)
  const unused = useQuery(DashboardUnusedKeysDocument, report?.allowed ? { days: OLD_DAYS } : null)
  const since = new Date(now.getTime() - DAY_MS).toISOString()
  const denied = useQuery(DashboardDenialsDocument, events?.allowed ? { since } : null)
  const signatures = useQuery(DashboardSignaturesDocument, events?.allowed ? { since } : null)
  const csv = content.data?.credentialReport?.content
  const findings = useMemo(() => (csv === undefined ? null : findingsOf(reportRows(csv), now)), [csv, now])
  const withoutReport = content.error !== null && WITHOUT_REPORT.has(content.error.code)
  const errors = [account.error, withoutReport ? null : content.error, unused.error, denied.error, signatures.error]
  return {
    account: account.data?.account ?? null,
    findings,
    withoutReport,
    unusedKeys: found(unused.data?.unusedAccessKeys),
    denials: found(denied.data?.auditEvents),
    signatures: signatures.data?.failedSignatures ?? null,
    errors: errors.filter((error) => error !== null),
    blind: permissions.every(({ known, allowed }) => known && !allowed),
  }
}

function found<Node>(
  connection:
    | { readonly edges: readonly { readonly node: Node }[]; readonly pageInfo: { readonly hasNextPage: boolean } }
    | null
    | undefined,
): Found<Node> | null {
  if (!connection) return null
  return { nodes: connection.edges.map(({ node }) => node), more: connection.pageInfo.hasNextPage }
}
