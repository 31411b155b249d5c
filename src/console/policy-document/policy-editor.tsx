import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import LiveRegion from '@cloudscape-design/components/live-region'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useId, useRef } from 'react'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import './policy-document.css'
import { type DocumentType, type Finding, useFindings } from './use-findings.ts'

interface PolicyEditorProps {
  readonly label: string
  readonly description?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: DocumentType
}

/** The worst first. */
const SEVERITIES = ['ERROR', 'SECURITY_WARNING', 'WARNING', 'SUGGESTION'] as const
const INDICATORS = { ERROR: 'error', SECURITY_WARNING: 'warning', WARNING: 'warning', SUGGESTION: 'info' } as const
const FEWEST_LINES = 14

/**
 * A policy in JSON, with line numbers and what the API finds in it. The field grows with its text, so that the numbers beside
 * it never scroll away from their lines. The tab key leaves the field, as everywhere.
 */
export function PolicyEditor({ label, description, value, onChange, type = 'IDENTITY' }: PolicyEditorProps) {
  const messages = useMessages({ en, ko })
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const { findings, error, pending } = useFindings(value, type)
  const lines = value.split('\n').length
  const goTo = ({ line, column }: Finding) => {
    const start = value
      .split('\n')
      .slice(0, line - 1)
      .reduce((sum, text) => sum + text.length + 1, column - 1)
    field.current?.focus()
    field.current?.setSelectionRange(start, start)
  }
  return (
    <SpaceBetween size="s">
      <FormField label={label} description={description} controlId={id} stretch>
        <div className="policy-editor">
          <div className="policy-editor-gutter" aria-hidden="true">
            {Array.from({ length: lines }, (_, index) => (
              <GutterLine key={index} line={index + 1} findings={findings} />
            ))}
          </div>
          <textarea
            id={id}
            ref={field}
            className="policy-editor-text"
            rows={Math.max(FEWEST_LINES, lines)}
            wrap="off"
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            aria-label={label}
            aria-describedby={`${id}-findings`}
            aria-invalid={findings.some(({ findingType }) => findingType === 'ERROR')}
            value={value}
            onChange={({ target }) => onChange(target.value)}
          />
        </div>
      </FormField>
      {error && <ErrorAlert error={error} />}
      <div id={`${id}-findings`} data-findings={pending ? 'pending' : 'done'}>
        <LiveRegion>
          <Box variant="small">
            {findings.length === 0 ? messages.noFindings : messages.findings(String(findings.length))}
          </Box>
        </LiveRegion>
        {findings.length > 0 && (
          <ul className="policy-findings">
            {sorted(findings).map((finding) => (
              <li key={`${finding.issueCode} ${finding.path} ${finding.line}:${finding.column}`}>
                <StatusIndicator type={INDICATORS[finding.findingType]} iconAriaLabel={messages[finding.findingType]}>
                  {finding.message}
                </StatusIndicator>{' '}
                <Button variant="inline-link" formAction="none" onClick={() => goTo(finding)}>
                  {messages.line(String(finding.line))}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </SpaceBetween>
  )
}

function GutterLine({ line, findings }: { readonly line: number; readonly findings: readonly Finding[] }) {
  const [worst] = sorted(findings.filter((finding) => finding.line === line))
  if (!worst) return <div>{line}</div>
  return (
    <div className={`policy-mark policy-mark-${INDICATORS[worst.findingType]}`} title={worst.message} data-mark={line}>
      {line}
    </div>
  )
}

function sorted(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) => SEVERITIES.indexOf(a.findingType) - SEVERITIES.indexOf(b.findingType) || a.line - b.line,
  )
}
