import { byId } from './dom.ts';
import { lookControls } from './look-controls.ts';
import { recall, remember } from './remembered.ts';
import { segmentRows } from './segment-rows.ts';
import { checkDraft, type Draft, type DraftError, defaultDraft, type SettingsMeta } from './settings.ts';

const kept = 'clipwright.settings';
const texts = ['num_segments', 'min_duration', 'max_duration', 'custom_instructions'] as const;

/**
 * The form of the settings: filled with what was last used, checked as the API would; `onSubmit` when they hold.
 * `take` hands them to an upload and empties the given parts and captions: they belong to that recording, not to the next.
 */
export function settingsForm(onSubmit: () => void): { take(): SettingsMeta | undefined } {
  const form = byId<HTMLFormElement>('settings');
  const wishes = byId<HTMLFieldSetElement>('wishes');
  const list = byId('settings-errors');
  const rows = segmentRows(byId('segments'), byId('add-segment'), changed);
  const control = (name: string) => form.elements.namedItem(name) as HTMLInputElement;

  const draft = recall<Draft>(kept, defaultDraft);
  for (const name of texts) control(name).value = draft[name];
  const look = lookControls(form, draft, changed);

  function readDraft(): Draft {
    const [num_segments, min_duration, max_duration, custom_instructions] = texts.map(
      (name) => control(name).value,
    ) as [string, string, string, string];
    return {
      num_segments,
      min_duration,
      max_duration,
      custom_instructions,
      segments: rows.read(),
      ...look.read(),
    };
  }

  function changed(): void {
    const draft = readDraft();
    remember(kept, { ...draft, segments: [], captions: undefined, watermark: undefined });
    wishes.disabled = draft.segments.length > 0;
    if (!list.hidden) show(checkDraft(draft).errors);
  }

  function show(errors: DraftError[]): void {
    for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
    for (const { field } of errors) {
      control(field)?.setAttribute('aria-invalid', 'true');
      control(field)?.setAttribute('aria-describedby', list.id);
    }
    list.hidden = errors.length === 0;
    list.textContent = errors.map(({ message }) => message).join(' ');
  }

  function read(): SettingsMeta | undefined {
    const { meta, errors } = checkDraft(readDraft());
    show(errors);
    const [first] = errors;
    if (!first) return meta;
    control(first.field)?.closest('details')?.setAttribute('open', '');
    control(first.field)?.focus();
    return undefined;
  }

  form.addEventListener('input', changed);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (read()) onSubmit();
  });
  return {
    take() {
      const settings = read();
      if (!settings) return undefined;
      look.clear();
      rows.clear();
      return settings;
    },
  };
}
