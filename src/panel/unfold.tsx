import type { ComponentChildren, JSX } from 'preact';

interface UnfoldProps {
  readonly name: string;
  readonly title: string;
  /** Names of the parts that are unfolded. */
  readonly open: readonly string[];
  readonly onOpen: (open: readonly string[]) => void;
  readonly children: ComponentChildren;
}

/** A part that is folded until someone wants to see it; what it holds is not made before. */
export function Unfold({ name, title, open, onOpen, children }: UnfoldProps): JSX.Element {
  const isOpen = open.includes(name);
  const onToggle = ({ currentTarget }: { readonly currentTarget: HTMLDetailsElement }) => {
    if (currentTarget.open !== isOpen) onOpen(currentTarget.open ? [...open, name] : open.filter((one) => one !== name));
  };
  return (
    <details class="part unfold" open={isOpen} onToggle={onToggle}>
      <summary>{title}</summary>
      {isOpen && children}
    </details>
  );
}
