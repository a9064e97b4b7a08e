/**
 * The vocabulary: values that cannot be built wrong, the manifest, and what is said about problems.
 *
 * <p>Everybody may use it; it uses nobody. A value of one of these types has been checked.
 */
@NullMarked
package io.modeldepot.events.terms;

import org.jspecify.annotations.NullMarked;
