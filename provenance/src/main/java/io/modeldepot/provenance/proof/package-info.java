/**
 * A report on one version that its reader can check without any depot: {@link
 * io.modeldepot.provenance.proof.Proof} is what is written, {@link
 * io.modeldepot.provenance.proof.ProofCheck} compares it with files and keys at hand. Pure: digests
 * come in as values. The signature covers the files and not the rest of the report.
 */
@NullMarked
package io.modeldepot.provenance.proof;

import org.jspecify.annotations.NullMarked;
