"use client";
import { FileIcon, ImageOffIcon, LoaderIcon, MapPinIcon, UserRoundIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useClinic } from "@/components/shared/clinic-context";
import { cn } from "@/components/ui/cn";
import { at, type Media, type Message } from "./queries";

const chip =
  "flex max-w-[85%] items-center gap-2 rounded-lg border bg-card px-3 py-2 text-sm [&_svg]:size-4 [&_svg]:shrink-0";

/** One attachment: seen, heard or opened once it is fetched; in words until then, and when it can't be. */
export function MediaBubble({ media }: { media: Media }) {
  const t = useTranslations("inbox");
  const { slug } = useClinic();
  if (media.state === "pending" || !media.id)
    return (
      <span className={cn(chip, "text-muted-foreground")}>
        <LoaderIcon aria-hidden className="animate-spin" />
        {t("media.pending")}
      </span>
    );
  if (media.state !== "stored")
    return (
      <span className={cn(chip, "text-muted-foreground")}>
        <ImageOffIcon aria-hidden />
        {t(`media.${media.state}`)}
      </span>
    );
  const url = `${at(slug)}/media/${media.id}`;
  const [sort] = media.content_type.split("/");
  if (sort === "image") return <Picture url={url} name={media.file_name ?? t("kinds.image")} />;
  // Voices come without captions; what was said is asked for in the thread.
  if (sort === "audio")
    return <audio controls preload="none" src={url} aria-label={t("kinds.audio")} className="max-w-full" />;
  if (sort === "video")
    return (
      <video
        controls
        preload="metadata"
        src={url}
        aria-label={t("kinds.video")}
        className="max-h-80 max-w-[85%] rounded-xl border bg-muted"
      />
    );
  return <Document url={url} media={media} />;
}

function Picture({ url, name }: { url: string; name: string }) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      className="block max-w-[85%] overflow-hidden rounded-xl border bg-muted sm:max-w-80"
    >
      {/* eslint-disable-next-line @next/next/no-img-element -- a private file behind a session: no optimiser may see it */}
      <img src={url} alt={name} loading="lazy" className="max-h-80 min-h-24 w-full object-cover" />
    </a>
  );
}

const KILO = 1024;

function Document({ url, media }: { url: string; media: Media }) {
  const t = useTranslations("inbox");
  const format = useFormatter();
  const size = media.byte_length;
  return (
    <a href={url} target="_blank" rel="noreferrer" className={cn(chip, "hover:bg-muted")}>
      <FileIcon aria-hidden />
      <bdi className="min-w-0 truncate">{media.file_name ?? t("kinds.document")}</bdi>
      {size !== null && (
        <span className="shrink-0 text-xs text-muted-foreground">
          {format.number(Math.max(1, Math.round(size / KILO)), { style: "unit", unit: "kilobyte" })}
        </span>
      )}
    </a>
  );
}

/** A place, contact cards, a reaction, or a kind that can't be shown: what a message is besides its words. */
export function MessageExtra({ message: { kind, payload, media, text } }: { message: Message }) {
  const t = useTranslations("inbox");
  if (payload?.place) {
    const { latitude, longitude, name, address } = payload.place;
    const query = new URLSearchParams({ mlat: String(latitude), mlon: String(longitude) });
    return (
      <a
        href={`https://www.openstreetmap.org/?${query}`}
        target="_blank"
        rel="noreferrer"
        className={cn(chip, "hover:bg-muted")}
      >
        <MapPinIcon aria-hidden />
        <bdi className="min-w-0">{[name, address].filter(Boolean).join(", ") || t("kinds.location")}</bdi>
      </a>
    );
  }
  if (payload?.contacts)
    return payload.contacts.map((card, index) => (
      <span key={index} className={chip}>
        <UserRoundIcon aria-hidden />
        <span className="min-w-0">
          <bdi className="block truncate font-medium">{card.name}</bdi>
          <bdi dir="ltr" className="text-muted-foreground">
            {card.phones.join(", ")}
          </bdi>
        </span>
      </span>
    ));
  if (kind === "reaction")
    return (
      <span className={cn(chip, "py-1")}>
        <span className="text-base">{payload?.emoji || text || "–"}</span>
        <span className="text-xs text-muted-foreground">{t("kinds.reaction")}</span>
      </span>
    );
  if (!text && media.length === 0)
    return <span className={cn(chip, "text-muted-foreground")}>{t("kinds.unsupported")}</span>;
  return null;
}
