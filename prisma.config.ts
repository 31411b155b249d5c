import { defineConfig } from '@prisma/config'

// `prisma generate` never runs the schema engine, but the CLI insists on having the file and would download it from its
// own host. Any existing executable satisfies that check.
if (process.argv.includes('generate')) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath
process.env.CHECKPOINT_DISABLE ??= '1'
process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= '1'

export default defineConfig({ schema: 'prisma/schema.prisma' })
