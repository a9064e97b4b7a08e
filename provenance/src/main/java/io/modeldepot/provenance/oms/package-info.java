/**
 * Signatures of models in the form of OpenSSF Model Signing 1.0, made with a key and checked by
 * keys: the statement over the files' digests, the envelope around it, the bundle that lies in a
 * file. Works on digests that are known already and reads no weights. A check answers with a value;
 * whatever is not certain is untrusted, never valid. Private keys reach no message.
 */
@NullMarked
package io.modeldepot.provenance.oms;

import org.jspecify.annotations.NullMarked;
