import { lineDiff } from './line-diff.ts'
import './policy-document.css'

const SIGNS = { same: ' ', added: '+', removed: '-' } as const
const ELEMENTS = { same: 'span', added: 'ins', removed: 'del' } as const

interface PolicyDiffProps {
  readonly label: string
  readonly before: string
  readonly after: string
}

/** What changed from one text to the other, line by line. */
export function PolicyDiff({ label, before, after }: PolicyDiffProps) {
  return (
    <pre className="policy-lines" role="region" tabIndex={0} aria-label={label}>
      {lineDiff(before, after).map(({ kind, text }, index) => {
        const Line = ELEMENTS[kind]
        return (
          <Line key={`${index} ${kind}`}>
            <span className="policy-sign">{SIGNS[kind]}</span>
            {text}
          </Line>
        )
      })}
    </pre>
  )
}
