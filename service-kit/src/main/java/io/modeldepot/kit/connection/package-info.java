/**
 * How a service reaches the broker, and what it is called.
 *
 * <p>One set of connection settings serves every client of the kit; what each client needs beside
 * them is decided here. Everybody may call; it calls nobody.
 */
@NullMarked
package io.modeldepot.kit.connection;

import org.jspecify.annotations.NullMarked;
