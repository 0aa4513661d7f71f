import { type LookDraft, shapeNames } from './look-settings.ts';
import { readCaptions } from './read-captions.ts';
import { readWatermark } from './read-watermark.ts';

/** The controls of shapes, captions, logo and speed in the form of the settings, filled with what was last used. */
export function lookControls(
  form: HTMLFormElement,
  last: LookDraft,
  onChange: () => void,
): { read(): LookDraft; clear(): void } {
  const control = <E extends Element = HTMLInputElement>(name: string) =>
    form.elements.namedItem(name) as unknown as E;

  for (const shape of shapeNames) control(shape).checked = last.shapes.includes(shape);
  control<HTMLSelectElement>('fit').value = last.fit;
  control('burn').checked = last.burn;
  control('fast').checked = last.fast;
  control<HTMLSelectElement>('watermark_position').value = last.corner;
  const captions = chosenFile(control('captions'), readCaptions, onChange);
  const logo = chosenFile(
    control('watermark'),
    async (file) => ({ base64: await readWatermark(file) }),
    onChange,
  );

  return {
    read: () => ({
      shapes: shapeNames.filter((shape) => control(shape).checked),
      fit: control<HTMLSelectElement>('fit').value,
      burn: control('burn').checked,
      fast: control('fast').checked,
      captions: captions.read(),
      watermark: logo.read(),
      corner: control<HTMLSelectElement>('watermark_position').value,
    }),
    // The logo stays: it is not that of one recording.
    clear: captions.clear,
  };
}

/** What `read` made of the file that is chosen in a control. */
function chosenFile<T>(
  control: HTMLInputElement,
  read: (file: File) => Promise<T>,
  onChange: () => void,
): { read(): T | undefined; clear(): void } {
  let content: T | undefined;
  control.addEventListener('change', async () => {
    const [chosen] = control.files ?? [];
    const made = chosen && (await read(chosen));
    // Another file may have been chosen meanwhile.
    if (chosen !== control.files?.[0]) return;
    content = made;
    onChange();
  });
  return {
    read: () => content,
    clear() {
      control.value = '';
      content = undefined;
    },
  };
}
