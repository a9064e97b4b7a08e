/**
 * The kit as beans, for services that run in a container of beans: made from the configuration,
 * closed with the application. Without one, everything can be made by hand.
 */
@NullMarked
package io.modeldepot.kit.beans;

import org.jspecify.annotations.NullMarked;
