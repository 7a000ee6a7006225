"use client";
import { SearchIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { Input } from "@/components/ui/input";
import { useDebounced } from "./debounced";

/** The search over a list: passes on what was typed once the typing rests; `label` says what it looks in. */
export function SearchField({ q, label, onSearch }: { q: string; label: string; onSearch: (q: string) => void }) {
  const [text, setText] = useState(q);
  const settled = useDebounced(text.trim(), 200);
  useEffect(() => {
    if (settled !== q) onSearch(settled);
    // Only what was typed is passed up; the address may change for other reasons.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return (
    <div className="relative min-w-0 flex-1 md:max-w-md">
      <SearchIcon aria-hidden className="absolute inset-y-0 start-2.5 my-auto size-4 text-muted-foreground" />
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="ps-8"
      />
    </div>
  );
}
