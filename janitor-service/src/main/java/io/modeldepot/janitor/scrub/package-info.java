/**
 * Whether what is here is still what it was. {@link io.modeldepot.janitor.scrub.Checking} reads
 * versions again because somebody asks; {@link io.modeldepot.janitor.scrub.Scrub} does so by
 * itself, for ever, what was read longest ago first, slowly, and slower still while downloads run;
 * what lies in the archive too; {@link io.modeldepot.janitor.scrub.HandEdits} looks at dates every
 * hour. What they find goes to {@code Damage}: damaged content leaves the cache, {@code
 * RepairRequests} leaves a download half done that brings what is bad, and everybody is told,
 * {@code model-checked} of every version, {@code model-corrupted} of every damaged file. {@code
 * Unrepaired} looks what became of repairs.
 */
@NullMarked
package io.modeldepot.janitor.scrub;

import org.jspecify.annotations.NullMarked;
