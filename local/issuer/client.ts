/** The only one that is registered: the page of this cloud. It has no secret, so PKCE stands for one. */
export interface Client {
  issuer: string;
  clientId: string;
  /** Where people come back to, signed in or out. */
  redirectUri: string;
}
