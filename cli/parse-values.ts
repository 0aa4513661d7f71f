import { BadUsage } from './bad-usage.ts';

/** Undefined stays undefined: the service has its defaults. Throws BadUsage. */
export function wholeNumber(
  flag: string,
  text: string | undefined,
  min: number,
  max: number,
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < min || number > max) {
    throw new BadUsage(`${flag} takes a whole number from ${min} to ${max}, not “${text}”.`);
  }
  return number;
}

/** Seconds that a clip may last. Throws BadUsage. */
export function clipSeconds(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (text.trim() === '' || !(seconds >= 1 && seconds <= 300)) {
    throw new BadUsage(`${flag} takes 1 to 300 seconds, not “${text}”.`);
  }
  return seconds;
}

/** The address of a service, without the slashes at its end. Throws BadUsage. */
export function serviceUrl(source: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new BadUsage(`${source} takes an http address, not “${text}”.`);
  }
  if (url.username || url.password)
    throw new BadUsage(`${source} takes no password; the token goes into CLIPWRIGHT_TOKEN.`);
  // Whoever copies the address of the calls has /api at its end.
  return `${url.origin}${url.pathname}`.replace(/(\/api)?\/*$/, '');
}

/** Undefined where there is none. Throws BadUsage without repeating it; fetch would, in its complaint. */
export function serviceToken(text: string | undefined): string | undefined {
  const token = text?.trim();
  if (!token) return undefined;
  if (!/^[!-~]+$/.test(token))
    throw new BadUsage('CLIPWRIGHT_TOKEN holds more than a token: a space, a line break or other letters.');
  return token;
}
