/* samples - verdicts for the tests of this room */
#ifndef CATALYST_TESTS_ALERTER_SAMPLES_H
#define CATALYST_TESTS_ALERTER_SAMPLES_H

#include "wire/msg.h"

/* An alert on ACME with four metrics and one line of evidence; static text. */
struct msg_scored sample_scored(const char *id);

#endif
