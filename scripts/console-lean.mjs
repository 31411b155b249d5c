// What the console leaves out of Cloudscape: parts of its layout that are never shown here, and that bring much with them.
import { readFileSync } from 'node:fs'

const COMPONENTS = 'node_modules/@cloudscape-design/components/'
const LAYOUT = 'app-layout/visual-refresh-toolbar/'

/**
 * The layout has neither drawers nor a split panel, neither news about features nor an assistant; notifications do not stack, and no
 * table is edited in its cells, has groups of columns, or loads its rows piece by piece. All that these modules export are components
 * for that. Each becomes one that shows nothing.
 */
const NEVER_SHOWN = [
  `${LAYOUT}drawer/feature-notifications-drawer-content.js`,
  `${LAYOUT}drawer/global-ai-drawer.js`,
  `${LAYOUT}drawer/global-bottom-drawer.js`,
  `${LAYOUT}drawer/global-drawers.js`,
  `${LAYOUT}drawer/local-drawer.js`,
  `${LAYOUT}split-panel/index.js`,
  `${LAYOUT}toolbar/drawer-triggers.js`,
  'flashbar/collapsible-flashbar.js',
  'table/body-cell/disabled-inline-editor.js',
  'table/body-cell/inline-editor.js',
  'table/header-cell/group-header-cell.js',
  'table/progressive-loading/loader-cell.js',
]

/** Of the parser of messages: those of Cloudscape come parsed. */
export const LEAN_ALIASES = [
  { find: /^@formatjs\/icu-messageformat-parser$/, replacement: '@formatjs/icu-messageformat-parser/lib/no-parser.js' },
]

/** A plugin. The build fails when one of the modules is not met, as after an update of Cloudscape that moved it. */
export function leanComponents() {
  const left = new Set(NEVER_SHOWN)
  return {
    name: 'latchkey:lean-components',
    enforce: 'pre',
    load(id) {
      const path = id.replaceAll('\\', '/').split(COMPONENTS)[1]
      if (path === undefined || !NEVER_SHOWN.includes(path)) return null
      left.delete(path)
      return emptyComponents(readFileSync(id, 'utf8'))
    },
    buildEnd(error) {
      if (error === undefined && left.size > 0)
        throw new Error(`Cloudscape has these modules no more: ${[...left].join(', ')}`)
    },
  }
}

function emptyComponents(source) {
  const names = Array.from(source.matchAll(/^export (?:function|const) (\w+)/gm), ([, name]) => name)
  const standard = /^export default /m.test(source) ? 'export default () => null\n' : ''
  if (names.length === 0 && standard === '') throw new Error('a module of Cloudscape exports nothing that is known')
  return standard + names.map((name) => `export const ${name} = () => null\n`).join('')
}
