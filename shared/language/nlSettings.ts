import type { Translation } from './templates.ts'

/** What is wrong with settings. */
export const settingTexts = (): readonly Translation[] => [
  ['Configuration.{} is not a setting{}', 'Configuration.{} is geen instelling{}'],
  [
    'Configuration has {} more members that are not settings',
    'Configuration heeft nog {} namen die geen instelling zijn',
  ],
  [
    'Configuration.{} is not an address: expected https://<MyDomain>.my.salesforce.com',
    'Configuration.{} is geen adres: verwacht wordt https://<MyDomain>.my.salesforce.com',
  ],
  [
    'Configuration.{} holds a user name or password: leave them out of the address',
    'Configuration.{} bevat een gebruikersnaam of wachtwoord: laat die weg uit het adres',
  ],
  [
    'Configuration.{} is http: Salesforce must be reached over https (http is allowed to this machine only)',
    'Configuration.{} is http: Salesforce is alleen bereikbaar via https (http mag alleen naar deze machine zelf)',
  ],
  ['{} must be set for AuthenticationFlow {}', '{} moet zijn ingevuld bij AuthenticationFlow {}'],
  [
    'Configuration.PermissionTypes [{}] does not exist: expected one or more of {}',
    'Configuration.PermissionTypes [{}] bestaat niet: verwacht wordt een of meer van {}',
  ],
  [
    'Configuration.{} must hold pairs such as Salesforce = Minimum Access - Salesforce; Salesforce Platform = Standard Platform User',
    'Configuration.{} moet paren bevatten zoals Salesforce = Minimum Access - Salesforce; Salesforce Platform = Standard Platform User',
  ],
  [
    'Configuration.ApiVersion must be a version such as 66.0',
    'Configuration.ApiVersion moet een versie zijn zoals 66.0',
  ],
  [
    'Configuration.ApiVersion {} is retired: Salesforce refuses versions below {}.0, and permissions need {}.0 or later. Set Configuration.ApiVersion to {}',
    'Configuration.ApiVersion {} bestaat niet meer: Salesforce weigert versies onder {}.0, en permissies hebben {}.0 of nieuwer nodig. Zet Configuration.ApiVersion op {}',
  ],
  [
    'Configuration.ApiVersion {} is too old for permissions: permission set assignments need {}.0 or later (ExpirationDate, IsActive). Set Configuration.ApiVersion to {}',
    'Configuration.ApiVersion {} is te oud voor permissies: toewijzingen van Permission Sets hebben {}.0 of nieuwer nodig (ExpirationDate, IsActive). Zet Configuration.ApiVersion op {}',
  ],
  [
    'Configuration.ApiVersion {} is not known to this org: the newest that it supports is {}',
    'Configuration.ApiVersion {} is niet bekend in deze org: de nieuwste die wordt ondersteund is {}',
  ],
  [
    'Configuration.DefaultProfile is the id of something else than a profile: expected an id that begins with 00e, or a name',
    'Configuration.DefaultProfile is het id van iets anders dan een profiel: verwacht wordt een id dat begint met 00e, of een naam',
  ],
  [
    'Configuration.DisableMode freeze needs the REST API: set Configuration.UseRestApi, or DisableMode deactivate',
    'Configuration.DisableMode freeze heeft de REST API nodig: zet Configuration.UseRestApi aan, of DisableMode op deactivate',
  ],
  [
    'Configuration.PrivateKey is not a private key in PEM form (-----BEGIN PRIVATE KEY-----)',
    'Configuration.PrivateKey is geen privésleutel in PEM-vorm (-----BEGIN PRIVATE KEY-----)',
  ],
  [
    'Configuration.PrivateKey is encrypted: set Configuration.PrivateKeyPassphrase',
    'Configuration.PrivateKey is versleuteld: vul Configuration.PrivateKeyPassphrase in',
  ],
  [
    'Configuration.PrivateKey cannot be opened: is Configuration.PrivateKeyPassphrase right?',
    'Configuration.PrivateKey kan niet worden geopend: klopt Configuration.PrivateKeyPassphrase?',
  ],
  [
    'Configuration.PrivateKey cannot be read: it is damaged or cut off (HelloID keeps 2,048 characters)',
    'Configuration.PrivateKey kan niet worden gelezen: de sleutel is beschadigd of afgekapt (HelloID bewaart 2.048 tekens)',
  ],
  [
    'Configuration.PrivateKey must be an RSA key: Salesforce takes RS256 only',
    'Configuration.PrivateKey moet een RSA-sleutel zijn: Salesforce accepteert alleen RS256',
  ],
  [
    'is not an absolute path: a host decides in which folder it starts a script',
    'is geen absoluut pad: de host bepaalt in welke map een script start',
  ],
  [
    'cannot be read ({}): this user needs to read and write it',
    'kan niet worden gelezen ({}): deze gebruiker moet het kunnen lezen en schrijven',
  ],
  ['is not a file', 'is geen bestand'],
  [
    'belongs to another user of this machine: delete it, or choose another file',
    'is van een andere gebruiker van deze machine: verwijder het, of kies een ander bestand',
  ],
  [
    'can be read or written by other users of this machine: allow its owner only (chmod 600), or delete it',
    'kan door andere gebruikers van deze machine worden gelezen of geschreven: sta alleen de eigenaar toe (chmod 600), of verwijder het',
  ],
  ['Configuration.TokenCache [{}] {}', 'Configuration.TokenCache [{}] {}'],
  [
    'Configuration.SubPermissionField and Configuration.SubPermissionMapping belong together: set both, or neither',
    'Configuration.SubPermissionField en Configuration.SubPermissionMapping horen bij elkaar: vul beide in, of geen van beide',
  ],
  [
    'Nothing says which permissions belong to a contract: set Configuration.SubPermissionField and SubPermissionMapping, or SubPermissionNamingRule',
    'Niets bepaalt welke permissies bij een contract horen: vul Configuration.SubPermissionField en SubPermissionMapping in, of SubPermissionNamingRule',
  ],
  [
    'Configuration.SubPermissionType [{}] is not a type of permission: {}',
    'Configuration.SubPermissionType [{}] is geen type permissie: {}',
  ],
  [
    'Configuration.SubPermissionMapping must hold pairs such as SAL = Sales_Ops, Report_Builder; SVC = Service_Agent, or the same as a JSON object',
    'Configuration.SubPermissionMapping moet paren bevatten zoals SAL = Sales_Ops, Report_Builder; SVC = Service_Agent, of hetzelfde als JSON-object',
  ],
  [
    'The sub-permission [{}] is not a {}: expected a field such as UserPermissionsMarketingUser',
    'Subpermissie [{}] is geen {}: verwacht wordt een veld zoals UserPermissionsMarketingUser',
  ],
  [
    'Configuration.ImportUserTypes [{}] is not a type of user: {}',
    'Configuration.ImportUserTypes [{}] is geen gebruikerstype: {}',
  ],
  [
    'Configuration.ImportUserTypes: SCIM does not list users of type {}: set Configuration.UseRestApi',
    'Configuration.ImportUserTypes: SCIM toont geen gebruikers van type {}: zet Configuration.UseRestApi aan',
  ],
  [
    'Configuration.ApexRestPath must be the path of an Apex REST resource behind /services/apexrest/, such as helloid/users: letters, digits, -, _ and ., with / between them',
    'Configuration.ApexRestPath moet het pad van een Apex REST-resource achter /services/apexrest/ zijn, zoals helloid/users: letters, cijfers, -, _ en ., met / ertussen',
  ],
  [
    'Configuration.TransferRecords [{}] is not the API name of an object that has an owner, such as Account, Opportunity, Case',
    'Configuration.TransferRecords [{}] is niet de API-naam van een object met een eigenaar, zoals Account, Opportunity, Case',
  ],
]
