import { type LookDraft, shapeNames } from './look-settings.ts';
import { readCaptions } from './read-captions.ts';

/** The controls of shapes and captions in the form of the settings, filled with what was last used. */
export function lookControls(
  form: HTMLFormElement,
  last: LookDraft,
  onChange: () => void,
): { read(): LookDraft; clear(): void } {
  const control = <E extends Element = HTMLInputElement>(name: string) =>
    form.elements.namedItem(name) as unknown as E;
  const file = control('captions');
  let captions: LookDraft['captions'];

  for (const shape of shapeNames) control(shape).checked = last.shapes.includes(shape);
  control<HTMLSelectElement>('fit').value = last.fit;
  control('burn').checked = last.burn;

  file.addEventListener('change', async () => {
    const [chosen] = file.files ?? [];
    const read = chosen && (await readCaptions(chosen));
    // Another file may have been chosen meanwhile.
    if (chosen !== file.files?.[0]) return;
    captions = read;
    onChange();
  });

  return {
    read: () => ({
      shapes: shapeNames.filter((shape) => control(shape).checked),
      fit: control<HTMLSelectElement>('fit').value,
      burn: control('burn').checked,
      captions,
    }),
    clear() {
      file.value = '';
      captions = undefined;
    },
  };
}
