/**
 * Payloads that say what happened: a download that failed, a version that was taken away, a file
 * that is not what it was.
 *
 * <p>A fact is written once and never revised. Readers commit its offset after their own database
 * has it.
 */
@NullMarked
package io.modeldepot.events.fact;

import org.jspecify.annotations.NullMarked;
