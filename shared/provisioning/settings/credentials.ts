import { ConnectorError } from '../../errors.ts'
import type { Credentials } from '../../salesforce/session/signIn.ts'
import type { CommonConfiguration, flows } from './form.ts'

/**
 * What to sign in with. Throws `MISCONFIGURED` naming every setting that the flow needs and the form does not have.
 */
export function chooseCredentials(configuration: CommonConfiguration, signInUrl: URL): Credentials {
  const flow = configuration.AuthenticationFlow ?? impliedFlow(configuration)
  const need = (...names: ('ClientSecret' | 'UserName' | 'Password' | 'PrivateKey')[]): string[] => {
    const missing = names.filter((name) => configuration[name] === undefined)
    if (missing.length > 0) {
      throw new ConnectorError(
        'MISCONFIGURED',
        `${missing.map((name) => `Configuration.${name}`).join(' and ')} must be set for AuthenticationFlow ${flow}.`,
      )
    }
    return names.map((name) => configuration[name] ?? '')
  }
  const clientId = configuration.ClientID
  switch (flow) {
    case 'client_credentials': {
      const [clientSecret = ''] = need('ClientSecret')
      return { flow, clientId, clientSecret }
    }
    case 'jwt_bearer': {
      const [userName = '', privateKey = ''] = need('UserName', 'PrivateKey')
      const passphrase = configuration.PrivateKeyPassphrase
      const audience = configuration.JwtAudience ?? defaultAudience(signInUrl)
      return { flow, clientId, userName, privateKey, passphrase, audience }
    }
    case 'password': {
      const [clientSecret = '', userName = '', password = ''] = need('ClientSecret', 'UserName', 'Password')
      return {
        flow,
        clientId,
        clientSecret,
        userName,
        password: password + (configuration.SecurityToken ?? ''),
      }
    }
  }
}

/** Without AuthenticationFlow, the keys that are filled in say it: the older connector had a user and a password. */
function impliedFlow({ UserName, Password, PrivateKey }: CommonConfiguration): (typeof flows)[number] {
  if (UserName !== undefined && Password !== undefined) return 'password'
  return PrivateKey !== undefined ? 'jwt_bearer' : 'client_credentials'
}

/** Sandboxes are signed in to at test.salesforce.com (documented: remoteaccess_oauth_jwt_flow). */
function defaultAudience({ hostname }: URL): string {
  const isSandbox = hostname === 'test.salesforce.com' || hostname.endsWith('.sandbox.my.salesforce.com')
  return `https://${isSandbox ? 'test' : 'login'}.salesforce.com`
}
