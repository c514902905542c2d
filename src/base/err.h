/*
 * The one list of errors (errors.def) as an enum, with its HTTP status and its code.
 *
 * Three kinds of trouble, three answers: a bug asserts; out of memory dies; what can be expected
 * returns `enum err`. OK is zero, so `if ((e = f()))` reads as "if it failed".
 */
#ifndef LUWES_BASE_ERR_H
#define LUWES_BASE_ERR_H

enum err {
	OK = 0,
#define X(name, status, code) name,
#include "base/errors.def"
#undef X
	ERR_COUNT
};

/* HTTP status of `e`; 200 for OK. */
int err_status(enum err e);

/* Stable code of `e` as printed in problem documents, e.g. "bad_field"; "ok" for OK. Static
 * storage. */
const char *err_code(enum err e);

#endif
