/**
 * What another version left behind, and services that are restarted while they are used. A depot is
 * put down as a former state had written it — rows, records, files — and today's services are
 * started on it; then each of them is restarted in turn under load, and a client that follows
 * readiness must not see one request fail.
 */
@NullMarked
package io.modeldepot.systemtests.upgrade;

import org.jspecify.annotations.NullMarked;
