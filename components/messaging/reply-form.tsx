"use client";
import { SendHorizontalIcon, StickyNoteIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type KeyboardEvent, type Ref, useRef, useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { CannedMenu, type CannedMenuHandle } from "./canned-menu";
import type { Mode } from "./composer";
import type { Conversation } from "./queries";
import { segmentsOf } from "./segments";
import { WindowNote } from "./window-note";

/** What an SMS can be at most. */
const MOST_CHARACTERS = 1600;

interface ReplyFormProps {
  ref: Ref<HTMLTextAreaElement>;
  conversation: Conversation;
  mode: Mode;
  text: string;
  onMode: (mode: Mode) => void;
  onText: (text: string) => void;
  /** Gets the text without the space around it, and never an empty one. */
  onSubmit: (text: string, as?: Mode, subject?: string) => void;
}

/** One field for answers and notes. Enter sends, Ctrl-Enter notes, Shift-Enter breaks the line, a slash opens answers. */
export function ReplyForm({ ref, conversation, mode, text, onMode, onText, onSubmit }: ReplyFormProps) {
  const t = useTranslations("inbox.composer");
  const canned = useRef<CannedMenuHandle>(null);
  const [isListOpen, setListOpen] = useState(false);
  const isNote = mode === "note";
  const isMail = !isNote && conversation.channel.kind === "email";
  const [subject, setSubject] = useState("");
  const submit = (as?: Mode) => {
    if (!text.trim()) return;
    onSubmit(text.trim(), as, (isMail && subject.trim()) || undefined);
    setSubject("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || canned.current?.onKeyDown(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    submit(event.ctrlKey || event.metaKey ? "note" : undefined);
  };
  return (
    <form
      className={cn("relative grid gap-2 p-3", isNote && "bg-warning-soft/50")}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {!isNote && (
        <CannedMenu ref={canned} conversation={conversation} text={text} onText={onText} onOpenChange={setListOpen} />
      )}
      {isMail && <SubjectField subject={subject} onSubject={setSubject} />}
      <div className="flex items-end gap-2">
        <Textarea
          ref={ref}
          // An empty field follows the page, so that its placeholder does.
          dir={text ? "auto" : undefined}
          rows={1}
          aria-label={t(isNote ? "noteLabel" : "label")}
          aria-autocomplete={isNote ? undefined : "list"}
          aria-expanded={isNote ? undefined : isListOpen}
          role={isNote ? undefined : "combobox"}
          aria-controls={isListOpen ? "canned-replies" : undefined}
          placeholder={t(isNote ? "notePlaceholder" : "placeholder")}
          value={text}
          maxLength={isNote ? 4000 : MOST_CHARACTERS}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={onKeyDown}
          className={cn(isNote && "border-warning/50 bg-card")}
        />
        <Button
          type="submit"
          variant="primary"
          size="icon"
          className="size-9"
          aria-label={t(isNote ? "saveNote" : "send")}
          disabled={!text.trim()}
        >
          {isNote ? <StickyNoteIcon aria-hidden /> : <SendHorizontalIcon aria-hidden className="mirror-rtl" />}
        </Button>
      </div>
      <div className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1">
        <ModeSwitch mode={mode} onMode={onMode} />
        {!isNote && <WindowNote window={conversation.window} />}
        {isMail && <MailNote mailbox={conversation.channel.address} />}
        <span className="ms-auto flex items-center gap-3 text-2xs text-muted-foreground">
          {!isNote && conversation.channel.kind === "twilio_sms" && <Counter text={text} />}
          <span className="max-md:hidden">{t(isNote ? "noteKeys" : "keys")}</span>
        </span>
      </div>
    </form>
  );
}

/** A letter has a subject; without one it gets one that names the clinic. */
function SubjectField({ subject, onSubject }: { subject: string; onSubject: (subject: string) => void }) {
  const t = useTranslations("inbox");
  const { name } = useClinic();
  return (
    <Input
      aria-label={t("subject")}
      // An empty field follows the page, so that its placeholder does.
      dir={subject ? "auto" : undefined}
      value={subject}
      maxLength={150}
      placeholder={`${t("subject")}: ${t("noSubject", { clinic: name })}`}
      onChange={(event) => onSubject(event.target.value)}
    />
  );
}

function MailNote({ mailbox }: { mailbox: string }) {
  const t = useTranslations("inbox");
  return (
    <span className="min-w-0 text-2xs text-muted-foreground">
      {t.rich("mailNote", { mailbox: () => <bdi dir="ltr">{mailbox}</bdi> })}
    </span>
  );
}

function ModeSwitch({ mode, onMode }: { mode: Mode; onMode: (mode: Mode) => void }) {
  const t = useTranslations("inbox.composer");
  return (
    <div role="group" aria-label={t("modes")} className="flex gap-1">
      {(["reply", "note"] as const).map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={mode === one}
          onClick={() => onMode(one)}
          className="h-6 rounded-sm px-2 text-xs font-medium text-muted-foreground hover:bg-accent aria-pressed:bg-accent aria-pressed:text-foreground pointer-coarse:h-9 pointer-coarse:px-3"
        >
          {t(one)}
        </button>
      ))}
    </div>
  );
}

/** How many SMS it becomes: said once it is worth saying. */
function Counter({ text }: { text: string }) {
  const t = useTranslations("inbox.composer");
  const format = useFormatter();
  if (!text) return null;
  const { units, room, segments } = segmentsOf(text);
  return (
    <span className={cn("tabular-nums", segments > 3 && "font-medium text-warning")}>
      {t("segments", { units: format.number(units), room: format.number(room), segments })}
    </span>
  );
}
