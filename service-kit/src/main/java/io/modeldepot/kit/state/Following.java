package io.modeldepot.kit.state;

/** How far somebody has come who follows a state topic. */
@FunctionalInterface
public interface Following {
  /** Whether everything was heard that was in the topic when reading began. */
  boolean isCaughtUp();
}
