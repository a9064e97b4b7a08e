/** What must hold of everything in {@code deploy/}, of the chart and of the compose file. */
@NullMarked
package io.modeldepot.deploy.checks;

import org.jspecify.annotations.NullMarked;
