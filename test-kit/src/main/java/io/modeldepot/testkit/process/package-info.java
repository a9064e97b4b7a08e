/**
 * Real programs as children of a test: started by class path, ready by their READY line, stopped in
 * order or killed.
 *
 * <p>Whoever starts one need not stop it: it ends with the test's JVM, even when that is killed.
 * The rooms of the engines call this one; it calls nobody.
 */
@NullMarked
package io.modeldepot.testkit.process;

import org.jspecify.annotations.NullMarked;
