import BarChart from '@cloudscape-design/components/bar-chart'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useMessages } from '../../language/language.ts'
import { mostFrequent } from './findings.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { Overview } from './use-overview.ts'

const ACTIONS_SHOWN = 5
/** One key alone should not look like many. */
const LEAST_HEIGHT = 5

/** How old the keys are, and what is denied most often: shape says it faster than numbers. */
export function Pictures({ overview: { findings, denials } }: { readonly overview: Overview }) {
  const messages = useMessages({ en, ko })
  return (
    <ColumnLayout columns={2}>
      {findings && (
        <Picture
          title={messages.keyAges}
          name={messages.keys}
          along={messages.age}
          bars={findings.ages.map(({ range, count }) => ({ x: range, y: count }))}
          empty={messages.noKeys}
        />
      )}
      {denials && (
        <Picture
          title={messages.byAction}
          name={messages.denialsCount}
          along={messages.actions}
          horizontal
          bars={mostFrequent(
            denials.nodes.map(({ action }) => action),
            ACTIONS_SHOWN,
          ).map(({ name, count }) => ({ x: name, y: count }))}
          empty={messages.noDenials}
        />
      )}
    </ColumnLayout>
  )
}

interface PictureProps {
  readonly title: string
  readonly name: string
  readonly along: string
  readonly horizontal?: boolean
  readonly bars: readonly { readonly x: string; readonly y: number }[]
  readonly empty: string
}

function Picture({ title, name, along, horizontal = false, bars, empty }: PictureProps) {
  const most = Math.max(0, ...bars.map(({ y }) => y))
  return (
    <Container header={<Header variant="h2">{title}</Header>}>
      <BarChart
        series={most === 0 ? [] : [{ type: 'bar', title: name, data: bars }]}
        xDomain={bars.map(({ x }) => x)}
        yDomain={[0, Math.max(LEAST_HEIGHT, most)]}
        xScaleType="categorical"
        horizontalBars={horizontal}
        xTitle={along}
        yTitle={name}
        ariaLabel={title}
        height={180}
        hideFilter
        hideLegend
        empty={empty}
        i18nStrings={{ yTickFormatter: (value) => (Number.isInteger(value) ? String(value) : '') }}
      />
    </Container>
  )
}
