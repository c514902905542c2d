/* Private to the slice: rules shared between its files, rows its routes show, its statements. */
#ifndef LUWES_ORG_ORG_INT_H
#define LUWES_ORG_ORG_INT_H

#include "org/org.h"

/* A path lies below another or is it: a prefix, because paths end in a slash. */
bool org_is_path_below(const char *path, const char *ancestor);

/* An office that opens the data of people its holder does not lead: its sessions are shorter. */
bool org_is_officer(enum role role);

#endif
