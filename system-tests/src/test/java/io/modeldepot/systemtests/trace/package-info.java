/**
 * One request followed through all services: by its trace, as a receiver of OpenTelemetry gets it
 * over HTTP, and by the fields of the lines that real processes log.
 */
@NullMarked
package io.modeldepot.systemtests.trace;

import org.jspecify.annotations.NullMarked;
