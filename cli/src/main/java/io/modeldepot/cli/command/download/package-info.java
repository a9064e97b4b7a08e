/**
 * Asking for models and seeing them come. {@link io.modeldepot.cli.command.download.Download} posts
 * the requests, {@link io.modeldepot.cli.command.download.Follower} keeps the latest of every job
 * from the event stream, or by asking when there is none, and {@link
 * io.modeldepot.cli.command.download.Following} shows them until all have ended or the person
 * leaves. Leaving never stops a download: jobs belong to the depot.
 */
@NullMarked
package io.modeldepot.cli.command.download;

import org.jspecify.annotations.NullMarked;
