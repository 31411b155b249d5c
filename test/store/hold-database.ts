import { openDatabase } from '../../src/store/open.ts'

/** Opens the embedded database of the directory, writes an account, says so, and stays until it is killed. */
const [dataDir, image] = process.argv.slice(2)
const { db } = await openDatabase({ dataDir: dataDir!, image, log: { info() {}, warn() {} } })
await db.account.create({ data: { id: '111122223333', createdAt: new Date('2026-01-01T00:00:00Z') } })
process.stdout.write('ready\n')
setInterval(() => {}, 1_000)
