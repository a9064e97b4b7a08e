/**
 * Brings the bytes of a job in. In order: parts are allocated when the job is admitted; blocks that
 * an earlier holder left are compared; the transfer engine fills the rest; every block that is in
 * is noted in the journal; what is verified is kept as a blob. A file that is wrong is fetched
 * again once and then put aside with the evidence. The hub's listing is kept beside the parts, so
 * that a later holder need not ask again. Knows no catalog and publishes nothing.
 */
@NullMarked
package io.modeldepot.downloader.fetch;

import org.jspecify.annotations.NullMarked;
