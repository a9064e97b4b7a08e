/**
 * What happens when a repository is asked for that is not here: where the settings allow it and the
 * caller may, a download is asked for by an event, once for every repository and hour. As soon as
 * the download's journal on the volume names the files the client is served from it; until then it
 * is told to come again. Changes no wish of the catalog: no branch and no commit is named.
 */
@NullMarked
package io.modeldepot.mirror.pull;

import org.jspecify.annotations.NullMarked;
