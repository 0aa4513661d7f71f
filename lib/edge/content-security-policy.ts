/** Origins beside the page's own that it may reach. */
export interface AllowedOrigins {
  /** Where it uploads, and whom it asks for tokens. */
  connect: string[];
  /** Where clips and their posters come from. */
  media: string[];
}

/** What the page may load and reach: itself, and exactly these. Scripts and styles come from files only. */
export function contentSecurityPolicy({ connect, media }: AllowedOrigins): string {
  const directives: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'font-src': ["'self'"],
    // Uppy shows chosen files from blob: URLs, and draws its icons from data: URLs.
    'img-src': ["'self'", 'blob:', 'data:', ...media],
    'media-src': media,
    'connect-src': ["'self'", ...connect],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ');
}
