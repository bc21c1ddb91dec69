import '../css/color-input.css';

/** One colour, "#rrggbb", with what it is of beside it. */
export function ColorInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (color: string) => void;
}) {
  return (
    <label class="color-input">
      <input type="color" value={value} onInput={({ currentTarget }) => onChange(currentTarget.value)} />
      <span>{label}</span>
    </label>
  );
}
