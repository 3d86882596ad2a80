/* memory - what malloc does with what is freed
 *
 * A document is read in pieces of some 100 KB that are freed when it has been judged.
 * By default the C library gives them back to the system, and takes each page anew for
 * the next document, which costs more than the reading.
 */
#ifndef CATALYST_BASE_MEMORY_H
#define CATALYST_BASE_MEMORY_H

/* Up to 2 MiB of freed memory stay with the process.  To be called before its first
 * thread. */
void memory_settle(void);

#endif
