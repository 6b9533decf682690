import type { Request } from '../http.ts'

/**
 * A request as the routes know it. Documented (REST API guide): a client that cannot PATCH sends POST with `_HttpMethod=PATCH`, and HEAD
 * is GET without a body. Observed (simple-salesforce, sf CLI): paths end in a slash as well, `/query/?q=…`.
 */
export function plainForm(request: Request): Request {
  const override = request.method === 'POST' ? request.query.get('_HttpMethod') : null
  const method = request.method === 'HEAD' ? 'GET' : (override?.toUpperCase() ?? request.method)
  const path = request.path.replace(/\/+$/, '')
  return { ...request, method, path }
}
