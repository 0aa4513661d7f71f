import { execFileSync } from 'node:child_process';
import { accessSync, chmodSync, constants, copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export interface Ffmpeg {
  ffmpegPath: string;
  ffprobePath: string;
  /** As ffmpeg states it: `5.1.9-0+deb12u1`, or `N-47683-g0e8eb07980-static` for a build between releases. */
  version: string;
  /** Where it was found, in words for the log. */
  origin: string;
}

/** What titles and captions are written with; licence beside it. Latin, Greek, Cyrillic, Arabic, Hebrew and more. */
export const fontPath = join(import.meta.dirname, 'font', 'DejaVuSans-Bold.ttf');

export type Environment = Readonly<Record<string, string | undefined>>;

const require = createRequire(import.meta.url);

/**
 * The first ffmpeg, with its ffprobe, that really runs on this machine: the one that FFMPEG_PATH and FFPROBE_PATH
 * name (nothing else then), ffmpeg-static's if installed, the PATH's, the one that npm packages ship.
 * Throws if there is none, and says what to do.
 */
export function resolveFfmpeg(environment: Environment): Ffmpeg {
  const { FFMPEG_PATH, FFPROBE_PATH } = environment;
  if (FFMPEG_PATH) {
    const named = check('FFMPEG_PATH', FFMPEG_PATH, FFPROBE_PATH ?? join(dirname(FFMPEG_PATH), 'ffprobe'));
    if (!named) throw new Error(`FFMPEG_PATH or FFPROBE_PATH names no program that runs: ${FFMPEG_PATH}`);
    return named;
  }
  const onPath = (name: string) => findOnPath(name, environment);
  const shippedProbe = () => FFPROBE_PATH ?? onPath('ffprobe') ?? packagePath('ffprobe');
  const found =
    check('ffmpeg-static', optional<string>('ffmpeg-static'), shippedProbe()) ??
    check('PATH', onPath('ffmpeg'), onPath('ffprobe')) ??
    check('@ffmpeg-installer', packagePath('ffmpeg'), packagePath('ffprobe'));
  if (found) return found;
  throw new Error(
    'No ffmpeg was found that runs here. Install one (`apt-get install ffmpeg`, `brew install ffmpeg`), ' +
      'or set FFMPEG_PATH and FFPROBE_PATH, or run `npm ci` with optional dependencies.',
  );
}

/** Undefined unless both are there and run. */
function check(origin: string, ffmpeg: string | undefined, ffprobe: string | undefined): Ffmpeg | undefined {
  const ffmpegPath = ffmpeg && makeExecutable(ffmpeg);
  const ffprobePath = ffprobe && makeExecutable(ffprobe);
  const version = ffmpegPath && readVersion(ffmpegPath);
  if (!ffmpegPath || !ffprobePath || !version || !readVersion(ffprobePath)) return undefined;
  return { ffmpegPath, ffprobePath, version, origin };
}

export function readVersion(path: string): string | undefined {
  try {
    const printed = execFileSync(path, ['-version'], {
      env: {},
      encoding: 'utf8',
      timeout: 20_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /version (\S+)/.exec(printed)?.[1];
  } catch {
    return undefined;
  }
}

function findOnPath(name: string, { PATH = '' }: Environment): string | undefined {
  return PATH.split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

function packagePath(name: 'ffmpeg' | 'ffprobe'): string | undefined {
  return optional<{ path: string }>(`@${name}-installer/${name}`)?.path;
}

/** These packages throw on platforms that they have nothing for. */
function optional<T>(packageName: string): T | undefined {
  try {
    return require(packageName) as T;
  } catch {
    return undefined;
  }
}

/**
 * npm packages lose the x bit when install scripts are off. Set it; in a folder of somebody else's, use a copy.
 */
function makeExecutable(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  if (isExecutable(path)) return path;
  try {
    chmodSync(path, 0o755);
    return path;
  } catch {
    return executableCopy(path);
  }
}

function executableCopy(path: string): string {
  const folder = join(tmpdir(), `clipwright-ffmpeg-${process.getuid?.() ?? 'user'}`);
  const copy = join(folder, path.replaceAll(/[^\w.-]/g, '_'));
  if (!isExecutable(copy)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const unfinished = `${copy}.${process.pid}`;
    copyFileSync(path, unfinished);
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, copy);
  }
  return copy;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
