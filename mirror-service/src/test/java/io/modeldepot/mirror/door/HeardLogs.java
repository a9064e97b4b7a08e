package io.modeldepot.mirror.door;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is logged while it is open at the most talkative level that a mirror can be set
 * to, which {@code quarkus.log.min-level} fixes when it is built.
 */
final class HeardLogs extends Handler implements AutoCloseable {
  private static final List<String> LOUD = List.of("io.modeldepot", "io.quarkus", "io.vertx");

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Logger> loggers = LOUD.stream().map(Logger::getLogger).toList();
  private final List<@Nullable Level> before;

  HeardLogs() {
    this.before = loggers.stream().<@Nullable Level>map(Logger::getLevel).toList();
    setLevel(Level.ALL);
    Level most = org.jboss.logmanager.Level.DEBUG;
    for (Logger logger : loggers) {
      logger.setLevel(most);
      logger.addHandler(this);
    }
  }

  /** Each record with its message, its parameters and what was thrown. */
  List<String> heard() {
    return heard;
  }

  @Override
  public void publish(LogRecord said) {
    String message =
        said instanceof ExtLogRecord record
            ? record.getFormattedMessage()
            : String.valueOf(said.getMessage());
    StringBuilder text = new StringBuilder(said.getLoggerName()).append(' ').append(message);
    for (Throwable cause = said.getThrown(); cause != null; cause = cause.getCause()) {
      text.append(' ').append(cause);
    }
    heard.add(text.toString());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    for (int i = 0; i < loggers.size(); i++) {
      loggers.get(i).removeHandler(this);
      loggers.get(i).setLevel(before.get(i));
    }
  }
}
