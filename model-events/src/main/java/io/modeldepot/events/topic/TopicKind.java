package io.modeldepot.events.topic;

/** What a topic carries, which fixes how it is read. */
public enum TopicKind {
  /** Something to be done: read in a consumer group, acknowledged once durably journaled. */
  COMMAND,
  /** How something is: read in full by every instance, without a group. */
  STATE,
  /** Something that happened: read in a consumer group, committed after the database. */
  FACT,
  /** Commands that could not be read; for people. */
  DEAD_LETTER
}
