import type { Node } from 'constructs';
import { type StageSettings, stageOf, stages } from './stages.ts';
import { WrongSetting } from './wrong-setting.ts';

type Name = keyof StageSettings;

/**
 * Reads settings one by one: what `-c name=value` says, or else cdk.json, or else the stage.
 * Each throws a WrongSetting that names the setting, and what it may be.
 */
export function settingReader(node: Node) {
  const ofStage: StageSettings = stages[stageOf(node)];
  const asked = new Set(['stage']);

  function text(name: Name): string | undefined {
    asked.add(name);
    const value: unknown = node.tryGetContext(name) ?? ofStage[name];
    if (value === undefined || typeof value === 'number') return value?.toString();
    if (typeof value === 'string' && value.trim() !== '') return value;
    throw new WrongSetting(
      `Setting ${name} must be a text with something in it; leave it out to set nothing.`,
    );
  }

  return {
    text,

    wholeNumber(name: Name, [least, most]: [number, number]): number {
      const value = text(name);
      if (value && /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most)
        return Number(value);
      throw new WrongSetting(
        `Setting ${name} must be a whole number from ${least} to ${most}, not ${value}.`,
      );
    },

    oneOf<Choice extends string | number>(name: Name, choices: readonly Choice[]): Choice {
      const value = text(name);
      const chosen = choices.find((choice) => String(choice) === value);
      if (chosen !== undefined) return chosen;
      throw new WrongSetting(`Setting ${name} must be ${choices.join(' or ')}, not ${value}.`);
    },

    /** To be called last: a name that nobody asked for is a slip of the pen, and would be passed over by CDK. */
    refuseOthers(): void {
      const known = new Set([...asked].map(lettersOf));
      // CDK's own names have hyphens, colons or slashes in them.
      const strange = Object.keys(node.getAllContext()).find(
        (name) => !asked.has(name) && (/^[A-Za-z]+$/.test(name) || known.has(lettersOf(name))),
      );
      if (strange === undefined) return;
      throw new WrongSetting(`There is no setting ${strange}. There are ${[...asked].sort().join(', ')}.`);
    },
  };
}

const lettersOf = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, '');
