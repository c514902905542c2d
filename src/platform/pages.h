/* The web app and its files, from memory. Private to platform/. */
#ifndef LUWES_PLATFORM_PAGES_H
#define LUWES_PLATFORM_PAGES_H

#include "platform/dispatch.h"

/* Answers a GET of a page or file of the web app; false when there is no such file. */
bool pages_serve(struct exchange *x);

#endif
