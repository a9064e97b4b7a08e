/**
 * One look at the whole volume, for whoever decides what may go. {@link
 * io.modeldepot.store.survey.Surveyor} walks it and gives a {@link
 * io.modeldepot.store.survey.Survey}: versions, blobs, what downloads left, the trash, what is none
 * of ours. Reads only, and judges nothing; a thing that cannot be read is said to be there, so that
 * nobody takes its silence for leave to remove what it needs.
 */
@NullMarked
package io.modeldepot.store.survey;

import org.jspecify.annotations.NullMarked;
