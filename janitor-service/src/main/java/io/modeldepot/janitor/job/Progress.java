package io.modeldepot.janitor.job;

/**
 * How far a job is.
 *
 * @param doneBytes done
 * @param totalBytes to be done in all
 * @param items things to be done in all
 */
public record Progress(long doneBytes, long totalBytes, int items) {}
