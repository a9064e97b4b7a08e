/**
 * Whether the volume is what it says. {@link io.modeldepot.store.integrity.Verifier} compares a
 * version with its manifest alone, offline; {@link io.modeldepot.store.integrity.Quarantine} puts
 * damaged files aside with the evidence; {@link io.modeldepot.store.integrity.Rescan} walks all
 * versions so that everything can be announced again; {@link
 * io.modeldepot.store.integrity.DamageMarks} remembers which files were found damaged; {@link
 * io.modeldepot.store.integrity.StoreInvariants} says what must hold of a volume at any moment,
 * also after a crash; {@link io.modeldepot.store.integrity.Leftovers} removes what crashes leave
 * that is nobody's work. Only the last, the marks and the quarantine change anything.
 */
@NullMarked
package io.modeldepot.store.integrity;

import org.jspecify.annotations.NullMarked;
