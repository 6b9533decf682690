import { action } from '../../connectors/salesforce-scim/create.ts'
import { run } from '../../shared/action/run.ts'

run('create', action)
