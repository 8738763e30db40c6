/* preflight/rules.h: the rules of preflight, in one table.
 *
 * X4 rules are those of PDF/X-4 (ISO 15930-7:2010, as far as a program can judge) and
 * asked only of files that claim it, or where it is asked for; PRINT rules are asked of
 * every file. The names are stable. */
#ifndef INFONOTE_PREFLIGHT_RULES_H
#define INFONOTE_PREFLIGHT_RULES_H

#include <stdbool.h>

enum preflight_severity { PREFLIGHT_NOTE, PREFLIGHT_WARNING, PREFLIGHT_ERROR };

/* symbol, X4 or PRINT, severity, name, what is wrong */
#define PREFLIGHT_RULES(R)                                                              \
    R(DAMAGED, PRINT, ERROR, "damaged", "the file is damaged")                          \
    R(ENCRYPTED, PRINT, ERROR, "encrypted", "the file is encrypted")                    \
    R(NOT_X, PRINT, WARNING, "not-pdfx",                                                \
      "the file does not say that it is PDF/X-4; its rules were not asked")             \
    R(VERSION, X4, ERROR, "version", "PDF/X-4 is PDF 1.6 or older")                     \
    R(NO_ID, X4, ERROR, "no-id", "the trailer has no ID")                               \
    R(NO_XMP, X4, ERROR, "no-xmp", "there are no XMP metadata that can be read")        \
    R(XMP_FILTER, X4, ERROR, "xmp-filter", "the XMP metadata are compressed")           \
    R(XMP_VERSION, X4, ERROR, "xmp-version",                                            \
      "pdfxid:GTS_PDFXVersion is not PDF/X-4")                                          \
    R(XMP_TITLE, X4, ERROR, "xmp-title", "dc:title is missing")                         \
    R(XMP_DATES, X4, ERROR, "xmp-dates",                                                \
      "xmp:CreateDate, ModifyDate or MetadataDate is missing")                          \
    R(XMP_TRAPPED, X4, ERROR, "xmp-trapped", "pdf:Trapped is not True or False")        \
    R(XMP_IDS, X4, ERROR, "xmp-ids",                                                    \
      "xmpMM:DocumentID, VersionID or RenditionClass is missing")                       \
    R(INFO_TITLE, X4, ERROR, "info-title", "the Info has no Title")                     \
    R(INFO_DATES, X4, ERROR, "info-dates", "the Info lacks CreationDate or ModDate")    \
    R(INFO_TRAPPED, X4, ERROR, "info-trapped", "Trapped is not /True or /False")        \
    R(INFO_DIFFERS, X4, ERROR, "info-differs", "Info and XMP do not agree")             \
    R(NO_INTENT, X4, ERROR, "no-intent", "there is no output intent for PDF/X")         \
    R(INTENTS, X4, ERROR, "many-intents", "there is more than one output intent for "   \
      "PDF/X")                                                                          \
    R(CONDITION, X4, ERROR, "intent-condition",                                         \
      "the output intent has no OutputConditionIdentifier")                             \
    R(REGISTRY, X4, ERROR, "intent-registry",                                           \
      "the output intent has a RegistryName without a name")                            \
    R(NO_PROFILE, X4, ERROR, "no-profile", "the output intent has no ICC profile")      \
    R(BAD_PROFILE, X4, ERROR, "bad-profile",                                            \
      "the output intent's profile is not one of a printer")                            \
    R(PROFILES, X4, ERROR, "many-profiles", "output intents have different profiles")   \
    R(DEVICE_COLOR, X4, ERROR, "device-color",                                          \
      "a device colour that the output intent does not define")                         \
    R(NO_TRIM, X4, ERROR, "no-trim", "there is neither a TrimBox nor an ArtBox")        \
    R(TRIM_AND_ART, X4, ERROR, "trim-and-art", "there are a TrimBox and an ArtBox")     \
    R(BOXES, PRINT, ERROR, "boxes", "a box lies outside the one around it")             \
    R(ANNOTATION, X4, ERROR, "annotation", "an annotation lies on what is printed")     \
    R(ACTION, X4, ERROR, "action", "the file has actions or JavaScript")                \
    R(FORM, X4, ERROR, "form", "the file has form fields")                              \
    R(ATTACHED, X4, ERROR, "attached", "the file holds other files")                    \
    R(VIEW_AREA, X4, ERROR, "view-area",                                                \
      "ViewerPreferences name another area than MediaBox or BleedBox")                  \
    R(LAYERS, X4, ERROR, "layers",                                                      \
      "a configuration of layers has no name, or switches by itself (AS)")              \
    R(NO_FONT, PRINT, ERROR, "font-missing", "a font is not embedded")                  \
    R(LZW, X4, ERROR, "lzw", "a stream is compressed by LZW")                           \
    R(CRYPT, X4, ERROR, "crypt", "a stream has a Crypt filter")                         \
    R(EXTERNAL, X4, ERROR, "external", "a stream's data are in another file")           \
    R(OPI, X4, ERROR, "opi", "a picture stands for another one (OPI)")                  \
    R(POSTSCRIPT, X4, ERROR, "postscript", "there is PostScript in the file")           \
    R(REFERENCE, X4, ERROR, "reference", "a form stands for a page of another file")    \
    R(ALTERNATE, X4, ERROR, "alternate", "a picture has another one for print")         \
    R(TRANSFER, X4, ERROR, "transfer", "a transfer function changes the tints")         \
    R(HALFTONE, X4, ERROR, "halftone", "a halftone that is not of type 1 or 5, or is "  \
      "named")                                                                          \
    R(HALFTONE_PHASE, X4, ERROR, "halftone-phase", "the graphics state has HTP")        \
    R(INTENT_NAME, X4, ERROR, "rendering-intent",                                       \
      "a rendering intent that there is not")                                           \
    R(OPERATOR, PRINT, ERROR, "operator", "the content has an operator that there is "  \
      "not")                                                                            \
    R(RESOURCE, PRINT, ERROR, "resource", "the content names what is not there")        \
    R(BALANCE, PRINT, ERROR, "balance", "q and Q are not balanced")                     \
    R(POOR_PICTURE, PRINT, ERROR, "poor-resolution",                                    \
      "a picture has fewer than 150 pixels an inch")                                    \
    R(LOW_PICTURE, PRINT, WARNING, "low-resolution",                                    \
      "a picture has fewer than 250 pixels an inch")                                    \
    R(WASTED_PICTURE, PRINT, NOTE, "high-resolution",                                   \
      "a picture has more than 450 pixels an inch; no print shows them")                \
    R(HAIRLINE, PRINT, ERROR, "hairline", "a line thinner than 0.25 pt")                \
    R(WHITE_OVERPRINT, PRINT, ERROR, "white-overprint",                                 \
      "white that overprints does not show")                                            \
    R(ICC_OVERPRINT, X4, ERROR, "icc-overprint",                                        \
      "CMYK of a profile overprints with OPM 1, which is for the device's own")         \
    R(INK, PRINT, ERROR, "ink", "more ink than the limit")                              \
    R(SMALL_TEXT, PRINT, WARNING, "small-text",                                         \
      "text below 9 pt on more than one plate")                                         \
    R(REGISTRATION, PRINT, WARNING, "registration",                                     \
      "something inside the trimmed page is on all plates (/All)")                      \
    R(NO_BLEED, PRINT, WARNING, "no-bleed",                                             \
      "something reaches the edge of the trimmed page, and no bleed is beyond it")      \
    R(SIZES, PRINT, WARNING, "page-sizes", "the pages have different sizes")            \
    R(TRANSPARENCY, PRINT, NOTE, "transparency",                                        \
      "there is transparency, which is flattened on the way to the plate")

enum preflight_rule {
#define R(symbol, kind, severity, name, meaning) PREFLIGHT_##symbol,
    PREFLIGHT_RULES(R)
#undef R
    PREFLIGHT_RULE_COUNT
};

struct preflight_rule_text {
    bool x4; /* asked of PDF/X-4 alone */
    enum preflight_severity severity;
    const char *name, *meaning;
};

extern const struct preflight_rule_text PREFLIGHT_RULE[PREFLIGHT_RULE_COUNT];
extern const char *const PREFLIGHT_SEVERITY[PREFLIGHT_ERROR + 1];

#endif
