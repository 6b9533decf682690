import { action } from '../../connectors/salesforce-scim/create.ts'
import { run } from '../../shared/host/run.ts'

void run('create', action)
