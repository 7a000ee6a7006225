"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { useForm } from "react-hook-form";
import { Alert } from "@/components/shared/alert";
import { useErrorWords } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { useHydrated } from "@/components/shared/hydrated";
import { leaveTo } from "@/components/shared/leave";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { ApiError } from "@/lib/http/client";
import { LogIn } from "@/lib/identity/schema";
import { DemoLogins } from "./demo-logins";
import { PasswordInput } from "./password-input";
import { safePath, useLogin } from "./queries";

export function LoginForm({ isDemo }: { isDemo: boolean }) {
  const t = useTranslations("auth");
  const words = useErrorWords();
  const wanted = safePath(useSearchParams().get("next"));
  const isAlive = useHydrated();
  const login = useLogin();
  const form = useForm({ resolver: zodResolver(LogIn), defaultValues: { email: "", password: "" } });
  const { errors } = form.formState;

  const enter = (given: { email: string; password: string }) =>
    login.mutate(
      { ...given, next: wanted },
      { onSuccess: (session) => leaveTo(safePath(session.next) ?? wanted ?? "/") },
    );
  const isBusy = login.isPending || login.isSuccess;
  const problem =
    login.error instanceof ApiError && login.error.code === "UNAUTHENTICATED" ? t("wrong") : words(login.error);

  return (
    <>
      <h1 className="mb-6 text-2xl font-semibold tracking-tight">{t("heading")}</h1>
      {/* Without its script the form would put the password into the address: hence POST. */}
      <form method="post" noValidate className="grid gap-4" onSubmit={form.handleSubmit(enter)}>
        {login.isError && <Alert>{problem}</Alert>}
        <Field label={t("email")} error={errors.email && t("emailInvalid")}>
          {(control) => (
            <Input
              type="email"
              dir="ltr"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              className="rtl:text-end"
              {...control}
              {...form.register("email")}
            />
          )}
        </Field>
        <Field label={t("password")} error={errors.password && t("passwordMissing")}>
          {(control) => <PasswordInput autoComplete="current-password" {...control} {...form.register("password")} />}
        </Field>
        <Button type="submit" variant="primary" size="lg" disabled={!isAlive || isBusy}>
          {isBusy ? t("submitting") : t("submit")}
        </Button>
      </form>
      {isDemo && <DemoLogins isBusy={!isAlive || isBusy} onChoose={enter} />}
    </>
  );
}
