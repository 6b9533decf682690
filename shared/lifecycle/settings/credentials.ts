import type { Credentials } from '../../salesforce/session/signIn.ts'
import type { CommonConfiguration, flows } from './form.ts'

type Credential = 'ClientSecret' | 'UserName' | 'Password' | 'PrivateKey'

/** What each flow needs besides the client id. */
const needed: Readonly<Record<(typeof flows)[number], readonly Credential[]>> = {
  client_credentials: ['ClientSecret'],
  jwt_bearer: ['UserName', 'PrivateKey'],
  password: ['ClientSecret', 'UserName', 'Password'],
}

/** A sentence for what the flow needs and the form does not have; none where the flow itself is not known. */
export function missingCredentials(configuration: Partial<CommonConfiguration>): string[] {
  const flow = configuration.AuthenticationFlow ?? impliedFlow(configuration)
  if (!Object.hasOwn(needed, flow)) return []
  const missing = needed[flow].filter((name) => configuration[name] === undefined)
  if (missing.length === 0) return []
  const names = missing.map((name) => `Configuration.${name}`).join(' and ')
  return [`${names} must be set for AuthenticationFlow ${flow}`]
}

/** What to sign in with, of a form that has all that its flow needs. */
export function chooseCredentials(configuration: CommonConfiguration, signInUrl: URL): Credentials {
  const { ClientID: clientId, ClientSecret: clientSecret = '', UserName: userName = '' } = configuration
  const flow = configuration.AuthenticationFlow ?? impliedFlow(configuration)
  switch (flow) {
    case 'client_credentials':
      return { flow, clientId, clientSecret }
    case 'jwt_bearer': {
      const { PrivateKey: privateKey = '', PrivateKeyPassphrase: passphrase } = configuration
      const audience = configuration.JwtAudience ?? defaultAudience(signInUrl)
      return { flow, clientId, userName, privateKey, passphrase, audience }
    }
    case 'password': {
      const password = (configuration.Password ?? '') + (configuration.SecurityToken ?? '')
      return { flow, clientId, clientSecret, userName, password }
    }
  }
}

/** Without AuthenticationFlow, the keys that are filled in say it: the older connector had a user and a password. */
function impliedFlow({
  UserName,
  Password,
  PrivateKey,
}: Partial<CommonConfiguration>): (typeof flows)[number] {
  if (UserName !== undefined && Password !== undefined) return 'password'
  return PrivateKey !== undefined ? 'jwt_bearer' : 'client_credentials'
}

/** Sandboxes are signed in to at test.salesforce.com (documented: remoteaccess_oauth_jwt_flow). */
function defaultAudience({ hostname }: URL): string {
  const isSandbox = hostname === 'test.salesforce.com' || hostname.endsWith('.sandbox.my.salesforce.com')
  return `https://${isSandbox ? 'test' : 'login'}.salesforce.com`
}
