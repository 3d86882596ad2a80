/* banned - functions that do not compile here
 *
 * Included before everything else.  Each has a bounded or checked counterpart in
 * str.h, buf.h, clock.h or prng.h.
 */
#ifndef CATALYST_BASE_BANNED_H
#define CATALYST_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok atoi     \
    atol atof rand srand localtime gmtime ctime asctime

#endif
