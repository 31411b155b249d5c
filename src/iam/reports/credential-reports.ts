import type { Services, Tx } from '../call.ts'
import { IamError } from '../errors.ts'
import { credentialReportCsv } from './credential-report-csv.ts'

/** How far a report is: begun by this very call, by an earlier one, or there. */
export type ReportState = 'STARTED' | 'INPROGRESS' | 'COMPLETE'

export interface CredentialReports {
  /**
   * Begins a report (iam:GenerateCredentialReport), unless one is being made or the last is younger than four hours. Writes
   * nothing itself: the report is made after the answer, since that takes long in a large account.
   */
  generate(tx: Tx, accountId: string): Promise<{ state: ReportState; description: string | null }>
  /**
   * The last report (iam:GetCredentialReport). Throws ReportNotPresent, ReportInProgress, or ReportExpired for one that is
   * four hours old.
   */
  read(db: Tx, accountId: string): Promise<{ content: string; generatedAt: Date }>
  /** Resolves when all reports that were begun are made. */
  settled(): Promise<void>
}

interface ReportLog {
  warn(details: object, message: string): void
}

const GOOD_FOR_MS = 4 * 60 * 60 * 1000

/** The credential reports of a process. What is under way elsewhere is not known here: both would write the same. */
export function createCredentialReports({
  db,
  clock,
  log,
}: Pick<Services, 'db' | 'clock'> & { readonly log: ReportLog }): CredentialReports {
  const underWay = new Map<string, Promise<void>>()

  async function make(accountId: string): Promise<void> {
    try {
      const generatedAt = clock()
      const report = { generatedAt, content: await credentialReportCsv(db, accountId) }
      await db.credentialReport.upsert({
        where: { accountId },
        create: { accountId, ...report },
        update: report,
        select: { accountId: true },
      })
    } catch (error) {
      log.warn(
        { accountId, reason: error instanceof Error ? error.message : String(error) },
        'credential report not made',
      )
    } finally {
      underWay.delete(accountId)
    }
  }

  const isGood = (generatedAt: Date) => clock().getTime() - generatedAt.getTime() < GOOD_FOR_MS

  return {
    async generate(tx, accountId) {
      const last = await tx.credentialReport.findUnique({ where: { accountId }, select: { generatedAt: true } })
      if (last !== null && isGood(last.generatedAt)) return { state: 'COMPLETE', description: null }
      if (underWay.has(accountId)) return { state: 'INPROGRESS', description: null }
      underWay.set(accountId, make(accountId))
      const none = 'No report exists. Starting a new report generation task'
      return { state: 'STARTED', description: last === null ? none : null }
    },

    async read(db, accountId) {
      const last = await db.credentialReport.findUnique({ where: { accountId } })
      if (last !== null && isGood(last.generatedAt)) return last
      if (underWay.has(accountId)) throw new IamError('ReportInProgress', 'The credential report is being generated.')
      throw last === null
        ? new IamError('ReportNotPresent', 'No report exists. Generate one with generateCredentialReport.')
        : new IamError(
            'ReportExpired',
            'The report is older than four hours. Generate one with generateCredentialReport.',
          )
    },

    async settled() {
      while (underWay.size > 0) await Promise.all(underWay.values())
    },
  }
}
