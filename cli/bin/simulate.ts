import { main } from '../../simulator/main.ts'

await main(process.argv.slice(2))
