/**
 * What the depot measures, against the page that says so: every service's own metrics after a
 * download, and every name and label in the alert rules and the dashboards.
 */
@NullMarked
package io.modeldepot.systemtests.metrics;

import org.jspecify.annotations.NullMarked;
