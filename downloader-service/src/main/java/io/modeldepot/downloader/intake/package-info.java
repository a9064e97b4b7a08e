/**
 * Commands in. In order: a record is read by the kit's rules; what is wrong goes to the dead-letter
 * topic with the reason; what is for another location is passed over; a cancel becomes a mark on
 * the volume; a new job becomes a free claim with its journal. Only then the record is
 * acknowledged, so a crash in between leads to the same record again, and handling it twice is
 * handling it once. Nothing is decided here about the model itself.
 */
@NullMarked
package io.modeldepot.downloader.intake;

import org.jspecify.annotations.NullMarked;
