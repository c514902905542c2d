/*
 * Pictures and PDFs as they are kept: what a camera or an attacker put beside the pixels is gone.
 *
 * UU 27/2022 (personal data), art. 16: no more than the purpose needs. A photograph of a letter
 * says where and when it was taken and by which phone; so does a screenshot. Only what is needed to
 * show it is copied: no place, no time, no comment, no thumbnail, nothing behind its end, so that a
 * file is one thing and not two (a PDF behind a JPEG, HTML in its comment). Which side is up is
 * kept. What breaks off, or is larger than any paper scanned here, is refused. A PDF is kept as it
 * is or refused: when it breaks off, or openly brings scripts, programs or files. Pure; not called
 * with anything but the whole file.
 */
#ifndef LUWES_PLATFORM_PICTURE_H
#define LUWES_PLATFORM_PICTURE_H

#include "base/arena.h"
#include "base/hash.h"

#define PICTURE_SIDE_MAX   20000
#define PICTURE_PIXELS_MAX 120000000

enum picture_fault { PICTURE_SOUND, PICTURE_DAMAGED, PICTURE_TOO_BIG, PICTURE_ACTIVE };
extern const char *const picture_fault_names[]; /* what a refusal says */

/* The file as it is to be kept, of a type blob_type gave, in `arena` or where it was; or why it is
 * not kept. Tables are kept as they are. */
enum picture_fault picture_clean(
	struct arena *arena, const char *type, struct bytes file, struct bytes *ret);

#endif
