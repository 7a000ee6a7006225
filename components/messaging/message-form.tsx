"use client";
import { SendHorizontalIcon } from "lucide-react";
import type { KeyboardEvent, Ref } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Textarea } from "@/components/ui/textarea";

/** What an SMS can be at most. */
const MOST_CHARACTERS = 1600;

interface MessageFormProps {
  ref: Ref<HTMLTextAreaElement>;
  text: string;
  words: { label: string; placeholder: string; send: string };
  isRound?: boolean;
  onText: (text: string) => void;
  /** Gets the text without the space around it, and never an empty one. */
  onSend: (text: string) => void;
}

/** One field and its button: Enter sends, Shift-Enter breaks the line, and neither disturbs an input method. */
export function MessageForm({ ref, text, words, isRound = false, onText, onSend }: MessageFormProps) {
  const send = () => {
    if (text.trim()) onSend(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="flex items-end gap-2 border-t bg-card p-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        ref={ref}
        // An empty field follows the page, so that its placeholder does.
        dir={text ? "auto" : undefined}
        rows={1}
        aria-label={words.label}
        placeholder={words.placeholder}
        value={text}
        maxLength={MOST_CHARACTERS}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
        className={cn(isRound && "rounded-2xl")}
      />
      <Button
        type="submit"
        variant="primary"
        size="icon"
        className={cn("size-9", isRound && "rounded-full")}
        aria-label={words.send}
        disabled={!text.trim()}
      >
        <SendHorizontalIcon aria-hidden className="mirror-rtl" />
      </Button>
    </form>
  );
}
