/**
 * Certificates for tests of TLS. {@code TestCertificate} is made anew by the JDK's own tool for
 * each test, for the addresses of this machine alone, and is trusted by nobody who is not told to.
 */
@NullMarked
package io.modeldepot.testkit.tls;

import org.jspecify.annotations.NullMarked;
