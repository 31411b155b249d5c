import '@cloudscape-design/global-styles/index.css'
import { createRoot } from 'react-dom/client'
import { App, onTheWayTo } from './app.tsx'
import './appearance/page.css'
import { startTheme } from './appearance/theme.ts'
import { startAnewWhenOutdated } from './outdated.ts'

startAnewWhenOutdated(onTheWayTo)

startTheme()
const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
