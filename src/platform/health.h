/* /livez, /readyz and /metrics, for the proxy, the service manager and the operator. */
#ifndef LUWES_PLATFORM_HEALTH_H
#define LUWES_PLATFORM_HEALTH_H

struct slice;
extern const struct slice health_slice;

#endif
