/**
 * The journal of a download: everything that another process needs to go on with it. {@link
 * io.modeldepot.store.journal.Journals} writes it under the job's claim, lists jobs and carries the
 * wish to cancel; {@link io.modeldepot.store.journal.PartResume} says which blocks of an inherited
 * file are what the journal says, and gets rid of a predecessor's open descriptors; {@link
 * io.modeldepot.store.journal.SpaceLedger} says what is free for one more job. No secrets: no
 * header, no token, no query of a URL. Called by the downloader.
 */
@NullMarked
package io.modeldepot.store.journal;

import org.jspecify.annotations.NullMarked;
