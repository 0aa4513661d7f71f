import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface Import {
  file: string;
  /** A path from the project's folder for our own files, the name for a package. */
  of: string;
}

const folders = ['bin', 'lib', 'core', 'lambdas', 'layers', 'local', 'cli', 'web', 'test'];
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) => name.endsWith('.ts') && !name.includes('node_modules') && !name.startsWith('ffmpeg/build/'),
    )
    .map((name) => join(folder, name)),
);
const imports: Import[] = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\(|^import) ?'([^']+)'/gm)].map(([, name = '']) => ({
    file,
    of: name.startsWith('.') ? normalize(join(dirname(file), name)) : name,
  })),
);

const offending = (wrong: (entry: Import) => boolean) =>
  imports.filter(wrong).map(({ file, of }) => `${file} imports ${of}`);
const inside = (file: string, ...allowed: string[]) => allowed.some((folder) => file.startsWith(folder));

describe('who may import whom', () => {
  it.each([
    ['core', ['core/']],
    ['lambdas', ['lambdas/', 'core/']],
    [
      'lib',
      [
        'lib/',
        'core/limits.ts',
        'core/failures.ts',
        'core/announce/webhook-failures.ts',
        'core/metrics.ts',
        'web/build.ts',
      ],
    ],
    ['bin', ['lib/']],
    ['layers', ['layers/']],
    ['local', ['local/', 'layers/ffmpeg/resolve-ffmpeg.ts', 'cli/']],
    ['cli', ['cli/']],
    [
      'web',
      [
        'web/',
        'core/format-size.ts',
        'core/limits.ts',
        'core/segments/format-time.ts',
        'core/uploads/accepted-types.ts',
        'core/media/captions/parse-captions.ts',
      ],
    ],
  ])('%s imports only from where it may', (folder, allowed) => {
    const ours = (of: string) => folders.some((name) => of.startsWith(`${name}/`));

    expect(
      offending(({ file, of }) => file.startsWith(`${folder}/`) && ours(of) && !inside(of, ...allowed)),
    ).toEqual([]);
  });

  it('the command line is known in the demo alone', () => {
    expect(
      offending(({ file, of }) => of.startsWith('cli/') && !inside(file, 'cli/', 'local/demo/', 'test/')),
    ).toEqual([]);
  });

  it('the command line needs no package', () => {
    expect(
      offending(({ file, of }) => inside(file, 'cli/') && !/^(node:|cli\/|package\.json$)/.test(of)),
    ).toEqual([]);
  });

  it('the AWS SDK is known in lambdas/shared and local alone', () => {
    expect(
      offending(
        ({ file, of }) => of.startsWith('@aws-sdk/') && !inside(file, 'lambdas/shared/', 'local/', 'test/'),
      ),
    ).toEqual([]);
  });

  it('the CDK is known in bin, lib and their tests alone', () => {
    expect(
      offending(
        ({ file, of }) =>
          /^(aws-cdk-lib|constructs|cdk-nag)/.test(of) && !inside(file, 'bin/', 'lib/', 'test/'),
      ),
    ).toEqual([]);
  });

  it('child processes start in one file of core/media, in local, and where layer and functions are built, alone', () => {
    const starting = offending(
      ({ file, of }) =>
        of === 'node:child_process' &&
        !inside(file, 'local/', 'layers/', 'test/', 'lib/ffmpeg-layer.ts', 'lib/function-code.ts'),
    );

    expect(starting).toEqual(['core/media/ffmpeg/run-ffmpeg.ts imports node:child_process']);
  });

  it('jobs, uploads, segments and transcript import nothing of Node', () => {
    expect(
      offending(
        ({ file, of }) =>
          inside(file, 'core/jobs/', 'core/uploads/', 'core/segments/', 'core/transcript/') &&
          of.startsWith('node:'),
      ),
    ).toEqual([]);
  });

  it('jobs, announce, uploads, segments and transcript read no clock and no environment', () => {
    const clockless = ['jobs', 'announce', 'uploads', 'segments', 'transcript'].map(
      (name) => `core/${name}/`,
    );
    const reading = files
      .filter((file) => inside(file, ...clockless))
      .filter((file) => /Date\.now|new Date\(\)|process\.|Math\.random/.test(readFileSync(file, 'utf8')));

    expect(reading).toEqual([]);
  });

  it('the environment is read in one file of the functions', () => {
    const reading = files
      .filter((file) => inside(file, 'core/', 'lambdas/', 'lib/'))
      .filter((file) => readFileSync(file, 'utf8').includes('process.env'));

    expect(reading).toEqual(['lambdas/shared/env.ts']);
  });
});
