/*
 * Any list as a table: `?format=csv` or `?format=xlsx` on the route of a list gives all its pages
 * as one file, with the permission, the sight and the masking of the list itself, because it is the
 * list itself that is asked, page by page, in one snapshot.
 *
 * A row of a route says so with `.exports = EXPORT("pegawai", "Daftar pegawai")`; the columns come
 * from the shape of the items: ids, nested lists and what export_words.def leaves out are not
 * shown, enums and yes/no are worded. An object within an item (sums, a cell before and after) that
 * has a heading there is shown member by member. More than EXPORT_ROWS_MAX rows are refused, never
 * cut.
 */
#ifndef LUWES_PLATFORM_EXPORT_H
#define LUWES_PLATFORM_EXPORT_H

#include "platform/http.h"
#include "platform/table.h"

#define EXPORT_ROWS_MAX 50000

struct export_run; /* one export under way; rq->exporting */

/* The request asks for a table: "csv" or "xlsx"; false when it is neither. */
bool export_begin(struct req *rq, const char *format);

/* In place of encoding: takes the rows of a reply. */
enum err export_add(struct req *rq, const void *out);

/* After the handler: asks for the other pages and makes the file the reply. */
enum err export_finish(struct req *rq);

/* After an error. */
void export_discard(struct req *rq);

#endif
