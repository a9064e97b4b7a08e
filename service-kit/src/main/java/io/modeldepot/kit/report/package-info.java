/**
 * That a service is there, and how it is: said every ten seconds on {@code service-reported}, and
 * once more when it stops.
 */
@NullMarked
package io.modeldepot.kit.report;

import org.jspecify.annotations.NullMarked;
