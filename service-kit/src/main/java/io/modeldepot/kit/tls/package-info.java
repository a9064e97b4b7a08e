/**
 * Whom a process trusts. {@code ExtraCertificates} adds the certificates of an organisation to
 * those of the JDK, for every client of the process at once.
 */
@NullMarked
package io.modeldepot.kit.tls;

import org.jspecify.annotations.NullMarked;
