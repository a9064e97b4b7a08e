/**
 * The tests of the house itself: which room may know which, that every package says what happens in
 * it, and that documents name only things that exist.
 *
 * <p>Only questions with a yes or a no are asked here. Lengths are printed by {@code make sizes}
 * and talked about.
 */
@NullMarked
package io.modeldepot.systemtests.house;

import org.jspecify.annotations.NullMarked;
