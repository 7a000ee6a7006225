"use client";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { toast } from "sonner";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
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

const KINDS = ["twilio_sms", "twilio_whatsapp", "whatsapp_cloud", "email"] as const;
type Kind = (typeof KINDS)[number];
/** What each vendor signs and calls with; `account` is no secret. */
const SECRETS = {
  twilio_sms: ["account", "auth_token"],
  twilio_whatsapp: ["account", "auth_token"],
  whatsapp_cloud: ["account", "access_token", "app_secret", "verify_token"],
  email: ["smtp_host", "smtp_port", "smtp_user", "smtp_password"],
} as const;
type Secret = (typeof SECRETS)[Kind][number];
/** Shown while they are typed; the others are not. */
const IN_THE_OPEN: readonly Secret[] = ["account", "smtp_host", "smtp_port", "smtp_user"];
const IS_LONG: readonly Secret[] = ["auth_token", "access_token", "app_secret", "verify_token"];

const TEL = { inputMode: "tel" } as const;
const ADDRESSES = {
  twilio_sms: { label: "number", input: TEL },
  twilio_whatsapp: { label: "number", input: TEL },
  whatsapp_cloud: { label: "numberId", input: { inputMode: "numeric" } },
  email: { label: "mailbox", input: { type: "email" } },
} as const satisfies Record<Kind, { label: string; input: ComponentProps<typeof Input> }>;
/** The server beside its port, and who logs in below. */
const WIDTHS: Partial<Record<Secret, string>> = {
  smtp_host: "col-span-2",
  smtp_user: "col-span-3 sm:col-span-2",
  smtp_password: "col-span-3 sm:col-span-1",
};

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
  const refused = act.error instanceof ApiError ? act.error : undefined;
  const isNoServer = refused?.code === "VALIDATION_FAILED" && JSON.stringify(refused.details).includes("smtp_host");
  const isNoAddress = refused?.code === "VALIDATION_FAILED" && !isNoServer;
  const problem = refused?.code === "CONFLICT" ? t("addressTaken") : isNoAddress ? t("notAddress") : undefined;
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
              <Field
                label={t(ADDRESSES[kind].label)}
                hint={kind === "email" ? t("mailboxHint") : undefined}
                error={problem}
              >
                {(control) => <Input {...control} name="address" required dir="ltr" {...ADDRESSES[kind].input} />}
              </Field>
            </>
          )}
          {kind === "email" && <p className="text-sm text-muted-foreground">{t("mailServer")}</p>}
          <div className={cn("grid gap-4", kind === "email" && "grid-cols-3")}>
            {SECRETS[kind].map((name) => (
              <div key={`${kind} ${name}`} className={cn(kind === "email" && name !== "smtp_port" && WIDTHS[name])}>
                <Field
                  label={t(name === "account" && kind === "whatsapp_cloud" ? "wabaId" : `names.${name}`)}
                  hint={
                    hintOf(channel, name, t) ??
                    (name === "account" && kind === "whatsapp_cloud" ? t("wabaHint") : undefined)
                  }
                  error={name === "smtp_host" && isNoServer ? t("notServer") : undefined}
                >
                  {(control) => (
                    <Input
                      {...control}
                      name={name}
                      type={IN_THE_OPEN.includes(name) ? "text" : "password"}
                      inputMode={name === "smtp_port" ? "numeric" : undefined}
                      autoComplete="new-password"
                      dir="ltr"
                      minLength={IS_LONG.includes(name) ? 8 : undefined}
                    />
                  )}
                </Field>
              </div>
            ))}
          </div>
          {channel?.kind === "email" && <p className="text-xs text-muted-foreground">{t("newServerNeedsPassword")}</p>}
          {act.isError && !problem && !isNoServer && (
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
  if (name === "smtp_port") return t("portHint");
  if (name === "smtp_host") {
    const server = channel?.credentials.find(({ purpose }) => purpose === "smtp_url");
    return server && t("keptServer", { hint: server.hint });
  }
  const known = channel?.credentials.find(({ purpose }) => purpose === name);
  return known ? t("set", { hint: known.hint }) : undefined;
}
