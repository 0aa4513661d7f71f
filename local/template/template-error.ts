/** The template holds what the local cloud can't run; says which resource, and what about it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
