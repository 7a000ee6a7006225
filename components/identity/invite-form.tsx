"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { CircleCheckIcon } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useForm } from "react-hook-form";
import { Alert } from "@/components/shared/alert";
import { useErrorWords } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { useHydrated } from "@/components/shared/hydrated";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { ApiError } from "@/lib/http/client";
import { AcceptLink } from "@/lib/identity/schema";
import { PasswordInput } from "./password-input";
import { inviteQuery, useAcceptInvite } from "./queries";

/** Sets a password by a link that works once. */
export function InviteForm({ token }: { token: string }) {
  const t = useTranslations("auth.invite");
  const words = useErrorWords();
  const invite = useQuery(inviteQuery(token));
  const accept = useAcceptInvite(token);
  const isAlive = useHydrated();
  const form = useForm({ resolver: zodResolver(AcceptLink), defaultValues: { password: "" } });
  const { errors } = form.formState;

  if (accept.isSuccess)
    return (
      <div role="status">
        <CircleCheckIcon aria-hidden className="mb-4 size-8 text-success" />
        <h1 className="mb-4 text-2xl font-semibold tracking-tight">{t("doneTitle")}</h1>
        <Button asChild variant="primary" size="lg">
          <Link href="/login">{t("toLogin")}</Link>
        </Button>
      </div>
    );

  const failure = accept.error ?? invite.error;
  const isGone = failure instanceof ApiError && failure.code === "NOT_FOUND";
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
      <p className="mt-1 mb-6 text-muted-foreground">{t("text")}</p>
      <form
        method="post"
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit(({ name, password }) => accept.mutate({ name, password }))}
      >
        {failure && <Alert>{isGone ? t("gone") : words(failure)}</Alert>}
        <p className="h-5 font-medium">
          <bdi>{invite.data?.email}</bdi>
        </p>
        {/* Password managers keep the password under this name. */}
        <input type="hidden" autoComplete="username" name="username" value={invite.data?.email ?? ""} readOnly />
        <Field label={t("name")} error={errors.name && words(new ApiError("VALIDATION_FAILED", ""))}>
          {(control) => (
            <Input autoComplete="name" {...control} {...form.register("name", { setValueAs: (v) => v || undefined })} />
          )}
        </Field>
        <Field label={t("password")} hint={t("passwordHint")} error={errors.password && t("passwordShort")}>
          {(control) => <PasswordInput autoComplete="new-password" {...control} {...form.register("password")} />}
        </Field>
        <Button type="submit" variant="primary" size="lg" disabled={!isAlive || accept.isPending || isGone}>
          {t("submit")}
        </Button>
      </form>
    </>
  );
}
