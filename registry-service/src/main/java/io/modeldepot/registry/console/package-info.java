/**
 * The web console's door. The page and its bundle are made at build time from {@code
 * src/main/resources/web}; here every address of the console answers with that one page, and with
 * headers that let it load nothing but what this service serves. It has no data of its own: what it
 * shows and does goes through the REST API like everything else.
 */
@NullMarked
package io.modeldepot.registry.console;

import org.jspecify.annotations.NullMarked;
