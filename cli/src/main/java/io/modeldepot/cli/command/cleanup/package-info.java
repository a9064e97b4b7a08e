/**
 * What the janitor does, asked for and followed: cleanups, plans of cleanups, and undoing them. The
 * request goes to the registry, the janitor does it; here it is waited for and told, each thing
 * that went with the reason and until when it can be brought back, each thing that stayed with the
 * reason.
 */
@NullMarked
package io.modeldepot.cli.command.cleanup;

import org.jspecify.annotations.NullMarked;
