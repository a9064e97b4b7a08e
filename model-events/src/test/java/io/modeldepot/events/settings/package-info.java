/**
 * Writes down what an operator may set: reads the sources of the services, as the compiler does,
 * for every way in which a setting is declared there, and makes {@code docs/configuration.md} of
 * it. A setting that says nothing about itself fails the test.
 *
 * <p>It reads sources and no classes, so it needs none of the services, and stands beside the
 * documents of the contract.
 */
@NullMarked
package io.modeldepot.events.settings;

import org.jspecify.annotations.NullMarked;
