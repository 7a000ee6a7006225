"use client";
import { useQuery } from "@tanstack/react-query";
import { ArmchairIcon, PlusIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { RetireDialog } from "./retire-dialog";
import { Retired } from "./retired";
import { type Operatory, operatoriesQuery, useSetUp } from "./set-up-queries";

/** The chairs: renamed where they stand, added below, retired. */
export function Chairs({ isReadOnly }: { isReadOnly: boolean }) {
  const t = useTranslations("setUp.chairs");
  const { slug } = useClinic();
  const read = useQuery(operatoriesQuery(slug));
  const chairs = read.data ?? [];
  const [retiring, setRetiring] = useState<Operatory>();
  const active = chairs.filter(({ is_active }) => is_active);
  return (
    <>
      <Card className="gap-0 p-0" aria-label={t("title")}>
        <CardHeader>
          <CardTitle>{t("title")}</CardTitle>
        </CardHeader>
        <ul className="grid gap-x-4 px-4 py-2 sm:grid-cols-2 lg:grid-cols-3">
          {active.map((chair) => (
            <Chair key={chair.id} chair={chair} isReadOnly={isReadOnly} onRetire={() => setRetiring(chair)} />
          ))}
          {read.isPending && (
            <li className="col-span-full py-2">
              <Skeleton className="h-7 w-full" />
            </li>
          )}
          {read.data && active.length === 0 && (
            <li className="col-span-full py-2 text-sm text-muted-foreground">{t("empty")}</li>
          )}
        </ul>
        {!isReadOnly && <NewChair />}
      </Card>
      <Retired area="operatories" items={chairs.filter(({ is_active }) => !is_active)} isReadOnly={isReadOnly} />
      {retiring && (
        <RetireDialog
          area="operatories"
          id={retiring.id}
          name={retiring.name}
          onClose={() => setRetiring(undefined)}
          onDone={() => setRetiring(undefined)}
        />
      )}
    </>
  );
}

interface ChairProps {
  chair: Operatory;
  isReadOnly: boolean;
  onRetire: () => void;
}

function Chair({ chair, isReadOnly, onRetire }: ChairProps) {
  const t = useTranslations("setUp.chairs");
  const { slug } = useClinic();
  const act = useSetUp(slug, "operatories");
  const onError = useToastError();
  const [name, setName] = useState(chair.name);
  const save = () => {
    const said = name.trim();
    if (said === "" || said === chair.name) return setName(chair.name);
    act.mutate({ save: { name: said }, id: chair.id }, { onError });
  };
  return (
    <li className="flex min-h-11 items-center gap-2">
      <ArmchairIcon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      {isReadOnly ? (
        <span className="truncate text-sm">{chair.name}</span>
      ) : (
        <>
          <Input
            aria-label={t("nameOf", { name: isolate(chair.name) })}
            dir="auto"
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onBlur={save}
            onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
            className="h-8 border-transparent px-2 shadow-none"
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={t("retire", { name: isolate(chair.name) })}
            onClick={onRetire}
          >
            <XIcon aria-hidden />
          </Button>
        </>
      )}
    </li>
  );
}

function NewChair() {
  const t = useTranslations("setUp.chairs");
  const { slug } = useClinic();
  const act = useSetUp(slug, "operatories");
  const onError = useToastError();
  const [name, setName] = useState("");
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) act.mutate({ save: { name: name.trim() } }, { onError, onSuccess: () => setName("") });
  };
  return (
    <form onSubmit={add} className="flex items-center gap-2 border-t px-4 py-2.5">
      <Input
        aria-label={t("new")}
        placeholder={t("new")}
        dir="auto"
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
        className="h-8 max-w-64"
      />
      <Button type="submit" disabled={name.trim() === "" || act.isPending}>
        <PlusIcon aria-hidden />
        {t("add")}
      </Button>
    </form>
  );
}
