import { BrokenAtParts } from './broken-at-parts.tsx'

interface LongTextProps {
  readonly text: string
}

/**
 * A path, an ARN or a description in a cell of a table: at most three lines of it are seen, the rest when somebody points at
 * it. Where the whole of it belongs, such as in a summary, it stands without this.
 */
export function LongText({ text }: LongTextProps) {
  return (
    <span className="long-text" title={text}>
      <BrokenAtParts text={text} />
    </span>
  )
}
