"use client";
import { SendIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { ApiError } from "@/lib/http/client";
import { type Channel, useTestSend } from "./queries";

/** A fixed text to a number or an address that the deployment lists for tests; the way of every other message. */
export function TestSend({ channel }: { channel: Channel }) {
  const t = useTranslations("settings.test");
  const { slug } = useClinic();
  const words = useErrorWords();
  const send = useTestSend(slug);
  const [to, setTo] = useState("");
  const isMail = channel.kind === "email";
  const isRefused = send.error instanceof ApiError && send.error.code === "FORBIDDEN";
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="outline">
          <SendIcon aria-hidden className="mirror-rtl" />
          {t("open")}
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-80 p-4">
        <form
          className="space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate({ id: channel.id, to }, { onSuccess: () => void toast.success(t("queued")) });
          }}
        >
          <p className="text-sm text-muted-foreground">{t(isMail ? "mailText" : "text")}</p>
          <div className="flex gap-2">
            <Input
              aria-label={t(isMail ? "address" : "number")}
              type={isMail ? "email" : "tel"}
              dir="ltr"
              required
              placeholder={isMail ? undefined : "+1 555 010 0000"}
              value={to}
              onChange={(event) => setTo(event.target.value)}
            />
            <Button type="submit" variant="primary" disabled={send.isPending}>
              {t("send")}
            </Button>
          </div>
          {send.isError && (
            <p role="alert" className="text-sm text-danger">
              {isRefused ? t(isMail ? "addressNotListed" : "notListed") : words(send.error)}
            </p>
          )}
        </form>
      </PopoverContent>
    </Popover>
  );
}
