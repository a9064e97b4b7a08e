/**
 * What happens when a repository is asked for that is not here: where the settings allow it and the
 * caller may, a download is asked for by an event, once for every repository and hour, and the
 * client is told to come again. How far it is, and whether it failed, is read from the download's
 * journal on the volume. Changes no wish of the catalog: no branch and no commit is named.
 */
@NullMarked
package io.modeldepot.mirror.pull;

import org.jspecify.annotations.NullMarked;
