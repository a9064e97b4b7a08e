/**
 * The site as its state topics tell it.
 *
 * <p>{@code SiteTopics} reads the topics in full and goes on reading; {@code DemandReading} turns a
 * catalog entry and the verified versions into a demand, or says why it is none; {@code
 * RunningReading} turns what was announced back into assignments; {@code Measuring} compares the
 * engines that run with what was decided for them; {@code Site} puts them together as a scenario of
 * a given time. Nothing is decided before every topic was read to the end it had at the start.
 */
@NullMarked
package io.modeldepot.placement.site;

import org.jspecify.annotations.NullMarked;
