/**
 * How things go wrong at this door: every error, the framework's too, leaves as problem details
 * (RFC 9457) with a code from the one file of codes, and every code has its page. Rooms throw
 * ProblemException; nobody else builds an error answer.
 */
@NullMarked
package io.modeldepot.registry.problem;

import org.jspecify.annotations.NullMarked;
