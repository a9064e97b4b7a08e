/**
 * Commands in. In order: a record is read by the kit's rules; what is wrong goes to the dead-letter
 * topic with the reason; what is for another location is passed over; the rest becomes a job on the
 * volume. Only then the record is acknowledged, so a crash in between leads to the same record
 * again, and handling it twice is handling it once. Nothing is decided here about any content.
 */
@NullMarked
package io.modeldepot.janitor.intake;

import org.jspecify.annotations.NullMarked;
