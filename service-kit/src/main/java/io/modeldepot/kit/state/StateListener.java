package io.modeldepot.kit.state;

/**
 * Hears every record of a state topic, on one thread, in the order of each partition. The same
 * record may come again, after a new connection for example: hearing it twice must be hearing it
 * once.
 *
 * @param <T> the payload
 */
@FunctionalInterface
public interface StateListener<T> {

  /**
   * One record. An exception means "not now" (the database is away): the record is given again, ten
   * times within about half a minute, then counted, logged and skipped.
   */
  void heard(StateRecord<T> what);
}
