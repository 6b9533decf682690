/** Set by the build from package.json; not there where the sources run as they are. */
declare const PRODUCT_VERSION: string | undefined

/** Product and version, as others see them in their logs: `salesforce-connector/1.2.3`. */
export const product = `salesforce-connector/${typeof PRODUCT_VERSION === 'undefined' ? '0.0.0' : PRODUCT_VERSION}`
