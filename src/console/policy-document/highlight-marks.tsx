import { Children, Fragment, isValidElement, type ReactNode } from 'react'
import type { StatementMark } from './statement-marks.ts'

interface Piece {
  readonly text: string
  readonly className: string | undefined
}

interface Parts {
  readonly className?: string
  readonly children?: ReactNode
}

/**
 * Highlighted code with `<mark>` around the marks, one in each of their lines. The highlighter makes one element with a child
 * for each line; the code view numbers these children.
 */
export function withMarks(code: ReactNode, marks: readonly StatementMark[]): ReactNode {
  if (!isValidElement<Parts>(code)) return code
  const edges = marks.flatMap(({ from, to }) => [from, to])
  const isMarked = (offset: number) => marks.some(({ from, to }) => offset >= from && offset < to)
  let offset = 0
  const lines = Children.toArray(code.props.children).map((line) =>
    piecesOf(line)
      .flatMap((piece) => {
        const start = offset
        offset += piece.text.length
        return cut(piece, start, edges)
      })
      .map(({ at, ...piece }) => ({ ...piece, marked: piece.text !== '\n' && isMarked(at) })),
  )
  return (
    <span className={code.props.className}>
      {lines.map((pieces, line) => (
        <Fragment key={line}>
          {runsOf(pieces).map(({ marked, run }, index) =>
            marked ? (
              <mark key={index} className="policy-marked">
                {run.map(rendered)}
              </mark>
            ) : (
              <Fragment key={index}>{run.map(rendered)}</Fragment>
            ),
          )}
        </Fragment>
      ))}
    </span>
  )
}

function piecesOf(node: ReactNode): Piece[] {
  if (typeof node === 'string') return [{ text: node, className: undefined }]
  if (!isValidElement<Parts>(node)) return []
  const { className, children } = node.props
  return Children.toArray(children)
    .flatMap(piecesOf)
    .map((piece) => ({ ...piece, className: piece.className ?? className }))
}

/** A piece that a mark begins or ends in is two. */
function cut({ text, className }: Piece, start: number, edges: readonly number[]) {
  const inside = edges.filter((edge) => edge > start && edge < start + text.length).toSorted((a, b) => a - b)
  const bounds = [start, ...inside, start + text.length]
  return bounds.slice(1).map((end, index) => {
    const at = bounds[index] ?? start
    return { at, text: text.slice(at - start, end - start), className }
  })
}

function runsOf<Marked extends Piece & { readonly marked: boolean }>(pieces: readonly Marked[]) {
  const runs: { marked: boolean; run: Marked[] }[] = []
  for (const piece of pieces) {
    const last = runs.at(-1)
    if (last?.marked === piece.marked) last.run.push(piece)
    else runs.push({ marked: piece.marked, run: [piece] })
  }
  return runs
}

function rendered({ text, className }: Piece, index: number) {
  return className === undefined ? (
    text
  ) : (
    <span key={index} className={className}>
      {text}
    </span>
  )
}
