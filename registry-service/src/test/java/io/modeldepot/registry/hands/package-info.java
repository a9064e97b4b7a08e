/**
 * What a tester does by hand: publishes and reads records as kcat would, asks REST as curl would,
 * looks into the tables as psql would. Nothing of the service's own code is used for it.
 */
@NullMarked
package io.modeldepot.registry.hands;

import org.jspecify.annotations.NullMarked;
