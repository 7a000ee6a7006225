import { useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { type SetUpArea, useSetUp } from "./set-up-queries";

/** The list with one of its things moved to another's place. */
export function moved<T extends { id: string }>(items: readonly T[], id: string, to: number): T[] {
  const item = items.find((one) => one.id === id);
  const rest = items.filter((one) => one.id !== id);
  const place = Math.max(0, Math.min(to, rest.length));
  return item ? [...rest.slice(0, place), item, ...rest.slice(place)] : [...items];
}

/**
 * The order of a list, by dragging a handle or by its arrow keys. What was moved stands there at once; if it can't be
 * saved, it goes back.
 */
export function useOrder<T extends { id: string }>(area: SetUpArea, items: readonly T[]) {
  const { slug } = useClinic();
  const act = useSetUp(slug, area);
  const onError = useToastError();
  const [wanted, setWanted] = useState<string[]>();
  const [dragged, setDragged] = useState<string>();
  const shown = wanted ? [...items].sort((a, b) => wanted.indexOf(a.id) - wanted.indexOf(b.id)) : items;
  const settle = () => setWanted(undefined);
  const save = (ids: string[]) => act.mutate({ order: ids }, { onError, onSettled: settle });
  const move = (id: string, to: number) => moved(shown, id, to).map((one) => one.id);
  return {
    shown,
    dragged,
    handle: (id: string, index: number) => ({
      draggable: true,
      onDragStart: () => setDragged(id),
      onDragEnd: () => setDragged(undefined),
      onKeyDown: (event: { key: string; preventDefault: () => void }) => {
        const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
        if (step === 0 || index + step < 0 || index + step >= shown.length) return;
        event.preventDefault();
        const ids = move(id, index + step);
        setWanted(ids);
        save(ids);
      },
    }),
    row: (index: number) => ({
      onDragOver: (event: { preventDefault: () => void }) => {
        if (!dragged) return;
        event.preventDefault();
        setWanted(move(dragged, index));
      },
      onDrop: () => dragged && save(shown.map(({ id }) => id)),
    }),
  };
}
