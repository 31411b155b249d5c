import '@cloudscape-design/global-styles/index.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './appearance/page.css'
import { startTheme } from './appearance/theme.ts'

// A page that was open while the server was updated asks for files that are gone: it starts anew.
addEventListener('vite:preloadError', () => location.reload())

startTheme()
const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
