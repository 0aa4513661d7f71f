import { describe, expect, it } from '@jest/globals';
import { helpOn } from '../../cli/help.ts';

describe('the help of the command line', () => {
  it.each([[['status', '--help']], [['-q', 'status', 'some-id', '-h']], [['help', 'status']]])(
    'is about the command that %j names, with what holds for all of them',
    (argv) => {
      const help = helpOn(argv);

      expect(help).toMatch(/^ {2}clipwright status ID/);
      expect(help).toContain('--url');
      expect(help).toContain('130 if interrupted');
      expect(help).not.toContain('--segments');
    },
  );

  it.each([[[]], [['help']], [['--help']], [['sing', '--help']]])(
    'is about every command where %j names none',
    (argv) => {
      const help = helpOn(argv);

      for (const name of 'upload status clips timeline list retry cancel delete help'.split(' ')) {
        expect(help).toContain(`\n  clipwright ${name} `);
      }
      expect(help).toContain('goes on when the same command is run again');
    },
  );
});
