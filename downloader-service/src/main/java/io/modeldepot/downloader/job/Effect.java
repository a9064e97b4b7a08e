package io.modeldepot.downloader.job;

import io.modeldepot.events.terms.Problem;
import java.time.Instant;

/** What has to happen because of a step, in this order. Doing an effect twice is doing it once. */
public sealed interface Effect {

  /** The new state is made durable; nothing is told before. */
  record WriteJournal() implements Effect {}

  /** The new state is announced, however recent the last announcement is. */
  record TellProgress() implements Effect {}

  /** The end without a version is announced as a fact. */
  record TellFailed(Problem why) implements Effect {}

  /** The file is to be fetched from its first byte into a new file. */
  record StartAgain(String path) implements Effect {}

  /** The file is put aside with the evidence. */
  record SetAside(String path, Problem why) implements Effect {}

  /** The work of the state is done again, not before this time. */
  record Pause(Instant until) implements Effect {}

  /** The claim becomes free, with all work in it. */
  record Release() implements Effect {}

  /** The claim and all work in it cease to exist. */
  record Dissolve() implements Effect {}
}
