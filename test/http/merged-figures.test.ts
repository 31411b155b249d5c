import { expect, test } from 'vitest'
import { mergedFigures } from '../../src/http/merged-figures.ts'

const of = (worker: number, requests: number) => `# HELP requests_total Requests.
# TYPE requests_total counter
requests_total{path="/",worker="${worker}"} ${requests}
requests_total{path="/graphql",worker="${worker}"} ${requests}

# HELP lag_seconds Lag.
# TYPE lag_seconds gauge
lag_seconds{worker="${worker}"} 0.5
`

test('samples of one metric are together, below one HELP and TYPE, whatever only one of the texts has', () => {
  const alone = '# HELP workers Workers.\n# TYPE workers gauge\nworkers 2\n'
  expect(mergedFigures([of(1, 3), of(2, 4), alone])).toBe(`# HELP requests_total Requests.
# TYPE requests_total counter
requests_total{path="/",worker="1"} 3
requests_total{path="/graphql",worker="1"} 3
requests_total{path="/",worker="2"} 4
requests_total{path="/graphql",worker="2"} 4

# HELP lag_seconds Lag.
# TYPE lag_seconds gauge
lag_seconds{worker="1"} 0.5
lag_seconds{worker="2"} 0.5

# HELP workers Workers.
# TYPE workers gauge
workers 2
`)
  expect(mergedFigures([of(1, 3)])).toBe(of(1, 3))
  expect(mergedFigures([])).toBe('')
})
