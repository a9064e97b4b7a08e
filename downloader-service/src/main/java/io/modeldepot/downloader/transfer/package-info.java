/**
 * Brings the bytes of a set of files into part files, and says what their digests are.
 *
 * <p>In order: blocks are handed to connections, each connection writes what comes in at its place
 * in the part and reports every finished block to the journal, a hasher follows the writes in the
 * order of the file while the pages are warm, and at the end the digest is compared with what the
 * hub promised. Called by job. Knows no job, no claim and no layout: it is given open parts, a
 * journal to report to and a remote file to read from. Creates, moves and deletes nothing. Plain
 * Java.
 */
@NullMarked
package io.modeldepot.downloader.transfer;

import org.jspecify.annotations.NullMarked;
