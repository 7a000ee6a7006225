/** Languages that a desk is likely to need, most of them first; any other tag on a record is kept and shown. */
export const LANGUAGES = ["en", "es", "ar", "fr", "de", "pt", "hi", "ur", "ru", "zh", "tl", "tr", "he"] as const;
