/* The slice of accounts: sign-in, activation, jobs and files, which belong to no capability. */
#ifndef LUWES_PLATFORM_AUTH_ROUTES_H
#define LUWES_PLATFORM_AUTH_ROUTES_H

struct slice;
extern const struct slice platform_slice;

#endif
