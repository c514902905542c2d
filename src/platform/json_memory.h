/*
 * Where jansson's small blocks come from while a body is read.
 *
 * A body of one punch makes some fifty blocks that all die together a moment later. Between open
 * and close they are cut in a row from one piece of memory of the thread, and freeing them does
 * nothing; what does not fit, and everything outside, is malloc as ever.
 */
#ifndef LUWES_PLATFORM_JSON_MEMORY_H
#define LUWES_PLATFORM_JSON_MEMORY_H

/* Does not nest. Every tree made after it must be released before json_memory_close, by the same
 * thread. */
void json_memory_open(void);
void json_memory_close(void);

#endif
