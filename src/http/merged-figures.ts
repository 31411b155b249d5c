/**
 * One text of several in the text format of Prometheus, which wants the samples of a metric together, below its HELP and TYPE. No two of
 * them have the same sample: each process has a label of its own.
 */
export function mergedFigures(texts: readonly string[]): string {
  const metrics = new Map<string, { readonly head: readonly string[]; readonly samples: string[] }>()
  for (const metric of texts.flatMap((text) => text.split(/^(?=# HELP )/m))) {
    const lines = metric.split('\n').filter((line) => line !== '')
    const [help = ''] = lines
    const name = help.split(' ')[2] ?? ''
    if (name === '') continue
    const found = metrics.get(name) ?? { head: lines.filter(isComment), samples: [] }
    found.samples.push(...lines.filter((line) => !isComment(line)))
    metrics.set(name, found)
  }
  return [...metrics.values()].map(({ head, samples }) => `${[...head, ...samples].join('\n')}\n`).join('\n')
}

function isComment(line: string): boolean {
  return line.startsWith('#')
}
