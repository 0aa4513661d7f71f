/** What differs between deployments; written beside the page when it is deployed. */
export interface PageConfig {
  /** Whom to sign in with; null where no token is asked for. */
  sign_in: { issuer: string; client_id: string } | null;
}

export async function readConfig(): Promise<PageConfig> {
  const response = await fetch('/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error('The page’s settings could not be read.');
  return response.json() as Promise<PageConfig>;
}
