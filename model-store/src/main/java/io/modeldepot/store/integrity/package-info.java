/**
 * Whether the volume is what it says. {@link io.modeldepot.store.integrity.Verifier} compares a
 * version with its manifest alone, offline; {@link io.modeldepot.store.integrity.Quarantine} puts
 * damaged files aside with the evidence; {@link io.modeldepot.store.integrity.Rescan} walks all
 * versions so that everything can be announced again; {@link
 * io.modeldepot.store.integrity.StoreInvariants} says what must hold of a volume at any moment,
 * also after a crash. Only the quarantine changes anything.
 */
@NullMarked
package io.modeldepot.store.integrity;

import org.jspecify.annotations.NullMarked;
