"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { ApiError } from "@/lib/http/client";
import { type Channel, useChannelAct } from "./queries";

const KINDS = ["twilio_sms", "twilio_whatsapp", "whatsapp_cloud"] as const;
type Kind = (typeof KINDS)[number];
/** What each vendor signs and calls with; `account` is no secret. */
const SECRETS = {
  twilio_sms: ["account", "auth_token"],
  twilio_whatsapp: ["account", "auth_token"],
  whatsapp_cloud: ["access_token", "app_secret", "verify_token"],
} as const;

interface ChannelDialogProps {
  /** Absent: a new one is added. */
  channel?: Channel;
  onClose: () => void;
}

/** A new channel, or new secrets for one. Secrets are written, never shown: an empty field keeps what is there. */
export function ChannelDialog({ channel, onClose }: ChannelDialogProps) {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const { slug } = useClinic();
  const words = useErrorWords();
  const act = useChannelAct(slug);
  const [kind, setKind] = useState<Kind>(KINDS.find((one) => one === channel?.kind) ?? "whatsapp_cloud");
  const submit = (form: FormData) => {
    const given = Object.fromEntries(SECRETS[kind].map((name) => [name, String(form.get(name) ?? "").trim()]));
    const credentials = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
    const json = { kind, address: String(form.get("address") ?? ""), credentials };
    act.mutate(channel ? { act: "change", id: channel.id, json: { credentials } } : { act: "add", json }, {
      onSuccess: ({ problem }) => {
        if (problem) toast.warning(t("savedWithProblem"));
        else toast.success(t("works"));
        onClose();
      },
    });
  };
  const problem = act.error instanceof ApiError && act.error.code === "CONFLICT" ? t("addressTaken") : undefined;
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t(channel ? "secrets" : "addChannel")}</DialogTitle>
          <DialogDescription>{t("secretsText")}</DialogDescription>
        </DialogHeader>
        <form
          className="space-y-4"
          autoComplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            submit(new FormData(event.currentTarget));
          }}
        >
          {!channel && (
            <>
              <Field label={t("kind")}>
                {({ id }) => (
                  <Select value={kind} onValueChange={(value) => setKind(KINDS.find((one) => one === value) ?? kind)}>
                    <SelectTrigger id={id}>
                      <SelectValue />
                    </SelectTrigger>
                    <SelectContent>
                      {KINDS.map((one) => (
                        <SelectItem key={one} value={one}>
                          {t(`kinds.${one}`)}
                        </SelectItem>
                      ))}
                    </SelectContent>
                  </Select>
                )}
              </Field>
              <Field label={t(kind === "whatsapp_cloud" ? "numberId" : "number")} error={problem}>
                {(control) => <Input {...control} name="address" required dir="ltr" inputMode="tel" />}
              </Field>
            </>
          )}
          {SECRETS[kind].map((name) => (
            <Field key={`${kind} ${name}`} label={t(`names.${name}`)} hint={hintOf(channel, name, t)}>
              {(control) => (
                <Input
                  {...control}
                  name={name}
                  type={name === "account" ? "text" : "password"}
                  autoComplete="new-password"
                  dir="ltr"
                  minLength={8}
                />
              )}
            </Field>
          ))}
          {act.isError && !problem && (
            <p role="alert" className="text-sm text-danger">
              {words(act.error)}
            </p>
          )}
          <DialogFooter>
            <Button variant="ghost" onClick={onClose}>
              {common("close")}
            </Button>
            <Button type="submit" variant="primary" disabled={act.isPending}>
              {t(act.isPending ? "checking" : "saveAndCheck")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function hintOf(channel: Channel | undefined, name: string, t: ReturnType<typeof useTranslations<"settings">>) {
  if (name === "account") return channel?.account ? t("set", { hint: channel.account.slice(-4) }) : undefined;
  const known = channel?.credentials.find(({ purpose }) => purpose === name);
  return known ? t("set", { hint: known.hint }) : undefined;
}
