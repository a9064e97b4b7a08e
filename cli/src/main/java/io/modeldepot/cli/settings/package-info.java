/**
 * What was configured, and where each value came from: flags, then the environment, then the
 * project's file, then the user's file, then what a depot that runs or ran here wrote down about
 * itself, then the default. Values are found once per command and never change. No secret is a
 * setting of this command: its own token lies in a file or in the environment, found by {@link
 * io.modeldepot.cli.settings.Credentials} and shown by nothing; tokens for the hub belong to the
 * downloader.
 */
@NullMarked
package io.modeldepot.cli.settings;

import org.jspecify.annotations.NullMarked;
