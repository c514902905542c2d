/* The statement behind verb_admin.c (admin_db.c). */
#ifndef LUWES_VERB_ADMIN_H
#define LUWES_VERB_ADMIN_H

#include "platform/db.h"

void admin_db_register(void);

/* The employee of a NIP in tx->government; E_NOT_FOUND when nobody has it. */
enum err admin_load_employee(struct tx *tx, const char *nip, struct employee_id *ret);

#endif
