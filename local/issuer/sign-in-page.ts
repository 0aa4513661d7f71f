import { users } from './users.ts';

/** Asks who it is; each answer is a link that brings the same request back with that answer. */
export function signInPage(request: URLSearchParams): string {
  const answering = (user: string) =>
    `?${new URLSearchParams([...request, ['user', user]])}`.replaceAll('&', '&amp;');
  return page(
    'Sign in to Clipwright',
    [
      '<p>This machine’s own sign-in: it asks for no password. Deployed, your Cognito user pool stands here.</p>',
      ...users.map((user) => `<a class="user" href="${answering(user)}">Sign in as ${user}</a>`),
      `<a href="${answering('stranger')}">I’m a stranger: don’t let me in</a>`,
    ].join('\n'),
  );
}

/** A page of one heading. Neither part is escaped. */
export const page = (heading: string, content: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${heading}</title>
<style>
  body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 12vh auto; padding: 0 1.5rem }
  a { display: block; margin: 1rem 0; color: inherit }
  .user { padding: .8rem 1rem; border: 1px solid; border-radius: .6rem; text-align: center; text-decoration: none }
</style>
<main>
<h1>${heading}</h1>
${content}
</main>
</html>
`;
